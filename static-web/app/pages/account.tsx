import { Account } from "../account/Account.tsx";
import { AUTH_KEY, currentAuth, rereadAuth } from "../auth/info.ts";
import { keepTokenFresh } from "../auth/renewal.ts";
import { leaveRevoked } from "../auth/revoked.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";

function show(): void {
  rereadAuth();
  window.addEventListener("storage", ({ key }) => {
    if (key === null || key === AUTH_KEY) rereadAuth();
  });
  // A page that the browser had put aside was told nothing meanwhile, and must not show a token to the next person.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) rereadAuth();
  });
  mount(<Account />);
  const auth = currentAuth();
  if (auth !== null) keepTokenFresh(auth.username, leaveRevoked);
}

void openPage({ title: "account.title", show });
