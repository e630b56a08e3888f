// A running `portico demo`: started on a free port with a data folder of its own, and gone at the end.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = resolve(process.env.PORTICO_BIN ?? join(import.meta.dirname, "../../target/debug/portico"));
const START_MILLIS = 30_000;
const STOP_MILLIS = 10_000;

/** A sample sign-in that the demo prints: role, email and password on one line. */
export interface SignIn {
  role: string;
  email: string;
  password: string;
}

export class Portico {
  readonly url: string;
  /** What the demo printed, standard output and error together, over all its starts. */
  log = "";
  #child: ChildProcess | undefined;
  #printed = "";

  private constructor(
    readonly port: number,
    readonly data: string,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<Portico> {
    const data = await mkdtemp(join(tmpdir(), "portico-e2e-"));
    const portico = new Portico(await freePort(), data);
    try {
      await portico.run();
    } catch (error) {
      await portico.remove();
      throw error;
    }
    return portico;
  }

  /** Starts the process (again, after `stop` or `kill`) on the same port and data. */
  async run(): Promise<void> {
    const child = spawn(BINARY, ["demo", "--listen", `127.0.0.1:${this.port}`, "--data", this.data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#printed = "";
    child.stdout.on("data", (chunk) => {
      this.#printed += chunk;
      this.log += chunk;
    });
    child.stderr.on("data", (chunk) => (this.log += chunk));
    let failure: string | undefined;
    child.on("error", (error) => (failure = `${BINARY}: ${error.message}`));
    child.on("exit", (code, signal) => (failure ??= `portico demo ended with ${code ?? signal}`));

    const deadline = Date.now() + START_MILLIS;
    while (!(await this.#healthy())) {
      if (failure) throw new Error(`${failure}\n${this.log}`);
      if (Date.now() > deadline) throw new Error(`portico demo is not up after ${START_MILLIS} ms\n${this.log}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** Stops it as an operator would; fails when it does not end by itself. */
  async stop(): Promise<void> {
    if (!(await this.#end("SIGTERM"))) throw new Error(`portico demo ignored SIGTERM\n${this.log}`);
  }

  /** `kill -9`: what a power cut looks like to the process. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends it in any state and deletes its data. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  /** The printed sign-in link, in the published form. */
  get signInLink(): string {
    const link = this.#printed.match(/https?:\/\/\S+\/ap\/auth\?\S+/)?.[0];
    if (!link) throw new Error(`the demo printed no sign-in link:\n${this.#printed}`);
    return link;
  }

  /** The printed sample sign-ins. */
  get signIns(): SignIn[] {
    return this.#printed.split("\n").flatMap((line) => {
      const match = line.match(/^\s*(.*?)[\s,:|]+(\S+@[^\s,|]+)[\s,|]+(.+?)\s*$/);
      return match ? [{ role: match[1]!, email: match[2]!, password: match[3]! }] : [];
    });
  }

  /** The first sample sign-in whose role matches. */
  signIn(role: string | RegExp): SignIn {
    const found = this.signIns.find((each) => (typeof role === "string" ? each.role === role : role.test(each.role)));
    if (!found) throw new Error(`the demo printed no sign-in for ${role}:\n${this.#printed}`);
    return found;
  }

  async #healthy(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }

  async #end(signal: NodeJS.Signals): Promise<boolean> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return true;
    const ended = new Promise<boolean>((done) => child.once("exit", () => done(true)));
    child.kill(signal);
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), STOP_MILLIS).unref());
    if (await Promise.race([ended, late])) return true;
    child.kill("SIGKILL");
    await ended;
    return false;
  }
}

/** A port nothing listens on, below the range that outgoing connections take theirs from. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const free = await new Promise<boolean>((done) => {
      server.once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => done(true));
    });
    if (free) {
      await new Promise((closed) => server.close(closed));
      return port;
    }
  }
}
