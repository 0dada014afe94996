import { compareSync, hashSync } from "bcryptjs";
import { describe, expect, it } from "vitest";
import { cleanPassword, nameProblem, passwordProblem, variants } from "./credentials.ts";

/** A published test vector of bcrypt; the password is `U*U`. */
const HASH = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

describe("variants", () => {
  it("variants_name and hash_are written in three ways", () => {
    expect(variants(" ada ", "$2b$12$a/.Z")).toEqual([
      { id: "raw", text: "ada:$2b$12$a/.Z" },
      { id: "shell", text: "ada:\\$2b\\$12\\$a/.Z" },
      { id: "compose", text: "ada:$$2b$$12$$a/.Z" },
    ]);
  });

  it("variants_name that a shell would read_is escaped for it", () => {
    expect(variants('$(ls) `x` "\\', "h")[1]?.text).toBe('\\$(ls) \\`x\\` \\"\\\\:h');
  });
});

describe("nameProblem", () => {
  it.each(["a:b", "a,b", "a;b", ":", "ada,"])("nameProblem_%j_is refused", (name) =>
    expect(nameProblem(name)).toBe("cred.nameSeparators"),
  );
  it.each(["", "ada", "ada lovelace", "ädä@example.org"])("nameProblem_%j_is fine", (name) =>
    expect(nameProblem(name)).toBeNull(),
  );
});

describe("passwordProblem", () => {
  it.each([
    ["x".repeat(72), null],
    ["x".repeat(73), "cred.passwordLong"],
    ["ä".repeat(36), null],
    ["ä".repeat(37), "cred.passwordLong"],
    ["😀".repeat(18), null],
    ["😀".repeat(19), "cred.passwordLong"],
    [` ${"x".repeat(72)} `, null],
    ["", null],
  ])("passwordProblem_%j_is %j", (password, problem) => expect(passwordProblem(password)).toBe(problem));

  it("cleanPassword_blanks around it_do not count, as at the server", () => {
    expect(cleanPassword("  two words \t")).toBe("two words");
  });
});

describe("bcryptjs", () => {
  it("compareSync_published vector_fits", () => expect(compareSync("U*U", HASH)).toBe(true));
  it("hashSync_published salt_gives the published hash", () =>
    expect(hashSync("U*U", HASH.slice(0, 29))).toBe(HASH));
  it("hashSync_beyond ASCII_is UTF-8", () => {
    expect(compareSync("pässwörd 😀", hashSync("pässwörd 😀", 4))).toBe(true);
  });
});
