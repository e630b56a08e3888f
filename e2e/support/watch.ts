// What must not happen on any page: script errors, refusals by the content security policy, requests to elsewhere.

import type { BrowserContext } from "@playwright/test";

export class Watch {
  #troubles: { text: string; url?: string }[] = [];
  #refusedPages = new Set<string>();
  #expected: RegExp[] = [];

  private constructor(readonly origin: string) {}

  /** Watches every page of the context, from before it opens its first. */
  static async over(context: BrowserContext, origin: string): Promise<Watch> {
    const watch = new Watch(origin);
    await context.exposeFunction("__cspViolation", (text: string) => watch.#add(`policy violation: ${text}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const report = (window as unknown as { __cspViolation(text: string): void }).__cspViolation;
        report(`${event.effectiveDirective} ${event.blockedURI} at ${event.documentURI} ${event.sample}`);
      });
    });
    context.on("request", (request) => {
      const url = request.url();
      if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== origin) watch.#add(`request to elsewhere: ${url}`);
    });
    context.on("requestfailed", (request) => {
      const error = request.failure()?.errorText;
      // Aborted: the person went on to another page, or an event stream was closed.
      if (error !== "net::ERR_ABORTED") watch.#add(`request failed: ${request.url()} ${error}`);
    });
    context.on("response", (response) => {
      if (response.status() >= 500) watch.#add(`${response.status()} from ${response.url()}`);
      // A page that answers 4xx (a form with errors, a link that expired) is an answer, though the console calls it an error.
      else if (response.status() >= 400 && response.request().isNavigationRequest()) watch.#refusedPages.add(response.url());
    });
    context.on("console", (message) => {
      // The script that watches is itself refused in the sandboxed frame of an email, as any script must be.
      if (/Blocked script execution in '[^']*\/html' because the document's frame is sandboxed/.test(message.text())) return;
      if (message.type() === "error" || message.type() === "warning") {
        watch.#add(`console ${message.type()}: ${message.text()}`, message.location().url);
      }
    });
    context.on("weberror", (error) => watch.#add(`script error: ${error.error()}`));
    return watch;
  }

  /** Says that this trouble is part of the test. */
  expect(trouble: RegExp): void {
    this.#expected.push(trouble);
  }

  /** Everything that went wrong and was not expected. */
  get troubles(): string[] {
    return this.#troubles
      .filter(({ text, url }) => !(url && this.#refusedPages.has(url) && /status of 4\d\d/.test(text)))
      .map(({ text, url }) => (url ? `${text} (${url})` : text))
      .filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }

  #add(text: string, url?: string): void {
    this.#troubles.push({ text, url });
  }
}
