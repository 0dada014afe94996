/** Every sentence of the client. `{name}` is replaced; a message with a count has the forms `.one` and `.other`. */
export const catalogue = {
  "app.title": "TimeTagger",
  "app.cannotStore":
    "This browser does not let TimeTagger keep your data here ({reason}). Allow this site to store data, or leave private browsing, and load the page again.",
  "app.opening": "Opening your records …",

  "action.start": "Start",
  "action.stop": "Stop",
  "action.signOut": "Sign out",
  "action.failed": "That was not saved ({reason}). Nothing else has changed; please try again.",

  "start.done": "Started: {what}",
  "stop.done": "Stopped after {duration}",

  "start.label": "What are you working on?",
  "start.placeholder": "Words and #tags",
  "start.tooLong.one": "That is one character too long. Please shorten it; nothing was started.",
  "start.tooLong.other": "That is {n} characters too long. Please shorten it; nothing was started.",
  "start.hidden":
    "A description cannot begin with HIDDEN: that word marks deleted records. Please begin with another word.",

  "running.title": "Running",
  "running.since": "since {time}",
  "record.noDescription": "No description",
  "record.waiting": "waiting",
  "record.refused": "refused",
  "record.until": "{from} – {to}",
  "record.now": "now",

  "today.title": "Today",
  "today.total": "Total {duration}",
  "today.empty": "Nothing yet. Press S, or say what you are doing and start.",
  "today.emptyNoShortcuts": "Nothing yet. Say what you are doing and start.",

  "shortcuts.label": "Single-key shortcuts ({keys})",
  "shortcuts.hint": "{label} ({key})",

  "sync.starting": "Connecting …",
  "sync.busy": "Saving …",
  "sync.done": "All changes saved",
  "sync.otherwiseDone": "All other changes saved",
  "sync.offline": "Offline. What you do is kept in this browser and sent later.",
  "sync.trouble": "The server could not take part ({reason}). Your changes are kept; trying again soon.",
  "sync.signedOut": "The server wants you to sign in again. Your changes are kept in this browser.",
  "sync.signInAgain": "Sign in again",
  "sync.waiting.one": "1 change waiting",
  "sync.waiting.other": "{n} changes waiting",
  "sync.refusedTitle": "The server refused these changes. They are kept in this browser only:",
  "sync.refused": "{what}: {reason}",
  "sync.refusedSetting": "Setting “{name}”",

  "login.title": "Sign in",
  "login.here": "Sign in on this computer",
  "login.username": "User name",
  "login.password": "Password",
  "login.submit": "Sign in",
  "login.busy": "Signing in …",
  "login.signedIn": "You are signed in as {name}.",
  "login.openApp": "Open TimeTagger",
  "login.offline": "The server cannot be reached. Check your connection and try again.",
  "login.notHere": "This server does not let people in without a password. Use your user name and password.",
  "login.failed": "Signing in did not work: {reason}",

  "logout.title": "Sign out",
  "logout.busy": "Signing out …",
  "logout.waiting.one":
    "One change has not reached the server yet. If you sign out now, it is deleted from this browser for good.",
  "logout.waiting.other":
    "{n} changes have not reached the server yet. If you sign out now, they are deleted from this browser for good.",
  "logout.anyway": "Sign out and delete them",
  "logout.stay": "Keep me signed in",
  "logout.failed":
    "Your records could not be deleted from this browser ({reason}). Close the other tabs and try again.",
  "logout.retry": "Try again",
} as const;
