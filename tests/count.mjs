// Adds up what tests/run noted: one line for each part that failed, then "N passed, N failed".
// A part that died without results, or that ran no test at all, counts as one failure: silence is not success.
import { existsSync, readFileSync } from "node:fs";

/** Why a test failed, on one line. */
const brief = (message) => message.replaceAll(/\s+/g, " ").trim().slice(0, 600);

const readers = {
  /** A step that is no test: it only counts when it fails. */
  check: () => ({ passed: 0, failed: 0 }),

  /** The results of one .NET test project. */
  trx(text) {
    const counters = text.match(/<Counters [^>]*>/)?.[0] ?? "";
    const count = (name) => Number(counters.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
    return {
      passed: count("passed"),
      failed: count("failed") + count("error") + count("timeout") + count("aborted"),
      names: text
        .split("<UnitTestResult ")
        .filter((result) => /^[^>]*outcome="Failed"/.test(result))
        .map((result) => {
          const message = result.match(/<Message>([^]*?)<\/Message>/)?.[1] ?? "";
          return `${result.match(/testName="([^"]*)"/)?.[1]}: ${brief(message)}`;
        }),
    };
  },

  /** The results of vitest. */
  vitest(text) {
    const report = JSON.parse(text);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      names: report.testResults
        .flatMap((file) => file.assertionResults)
        .filter((test) => test.status === "failed")
        .map((test) => `${test.fullName}: ${brief(test.failureMessages.join(" "))}`),
    };
  },
};

function count({ kind, name, file, code }) {
  const problem = (what, passed = 0) => ({ passed, failed: 1, lines: [`FAILED ${name}: ${what}`] });
  if (kind !== "check" && !existsSync(file)) {
    return problem(`it ended with code ${code} and left no results`);
  }
  const { passed, failed, names = [] } = readers[kind](kind === "check" ? "" : readFileSync(file, "utf8"));
  if (kind !== "check" && passed + failed === 0) {
    return problem("it ran no test");
  }
  if (code !== 0 && failed === 0) {
    return problem(`it ended with code ${code}`, passed);
  }
  return { passed, failed, lines: names.map((test) => `FAILED ${name}: ${test}`) };
}

const results = readFileSync(process.argv[2], "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("\t"))
  .map(([kind, name, file, code]) => count({ kind, name, file, code: Number(code) }));

const sum = (of) => results.reduce((total, result) => total + result[of], 0);
for (const line of results.flatMap((result) => result.lines ?? [])) {
  console.log(line);
}
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") === 0 && sum("passed") > 0 ? 0 : 1);
