// What every browser test starts from: `import { expect, test } from "../support/test.ts"`.

import { test as base, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { DESKTOP, PHONE } from "./axe.ts";
import { Portico } from "./portico.ts";
import { Watch } from "./watch.ts";

/** How a person looks at Portico. */
export interface Look {
  phone?: boolean;
  dark?: boolean;
  /** The browser's language. */
  locale?: "en-US" | "vi-VN";
  /** Without script. */
  scriptless?: boolean;
}

/** Somebody's browser, with nothing remembered from anybody else's. */
export interface Visitor {
  page: Page;
  watch: Watch;
}

interface Fixtures {
  /** A demo of the test's own. */
  portico: Portico;
  /** Opens another person's browser; `page` is the first one's, wide, light and English. */
  visit: (look?: Look) => Promise<Visitor>;
  visitor: Visitor;
}

export const test = base.extend<Fixtures>({
  portico: async ({}, use, info) => {
    const portico = await Portico.start();
    try {
      await use(portico);
    } finally {
      await portico.remove();
      if (info.status !== info.expectedStatus) await info.attach("portico.log", { body: portico.log });
    }
  },

  visit: async ({ browser, portico }, use) => {
    const watches: Watch[] = [];
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (look = {}) => {
      const context = await browser.newContext({ ...options(look), baseURL: portico.url });
      const watch = await Watch.over(context, portico.url);
      contexts.push(context);
      watches.push(watch);
      return { page: await context.newPage(), watch };
    });
    for (const context of contexts) await context.close();
    expect(watches.flatMap((watch) => watch.troubles), "nothing went wrong behind the pages").toEqual([]);
  },

  visitor: async ({ visit }, use) => use(await visit()),
  page: async ({ visitor }, use) => use(visitor.page),
});

function options(look: Look): BrowserContextOptions {
  return {
    viewport: look.phone ? PHONE : DESKTOP,
    isMobile: look.phone,
    hasTouch: look.phone,
    colorScheme: look.dark ? "dark" : "light",
    locale: look.locale ?? "en-US",
    timezoneId: "Asia/Ho_Chi_Minh",
    javaScriptEnabled: !look.scriptless,
  };
}

export { axe, axeInEveryLook } from "./axe.ts";
export { mail } from "./mail.ts";
export { weigh } from "./weight.ts";
export { expect };
