// tests/web/run.mjs FILE... - the program that tests/web/run.sh starts.
import { runTests } from "./frame.mjs";

process.exitCode = (await runTests(process.argv.slice(2))) ? 0 : 1;
