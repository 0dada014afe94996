import { Credentials } from "../cred/Credentials.tsx";
import { WORKERS } from "../shell/capabilities.ts";
import { mount } from "../shell/mount.ts";
import { openPage } from "../shell/page.tsx";

async function show(): Promise<void> {
  const { Hasher } = await import("../cred/hasher.ts");
  mount(<Credentials hasher={new Hasher()} />);
}

void openPage({ title: "cred.title", needs: WORKERS, show });
