namespace TimeTagger.Local;

/// <summary>
/// Something on this machine is in the way: a reason not to go on, as one sentence for the person at the keyboard. It
/// ends the program without a stack trace.
/// </summary>
internal sealed class Refusal(string sentence) : Exception(sentence);
