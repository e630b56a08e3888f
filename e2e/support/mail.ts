// The demo's mailbox, read as a person would: through its pages.

import { type Page, expect } from "@playwright/test";

export interface Mail {
  subject: string;
  /** The message as it is read on the page. */
  text: string;
  /** Where its links lead. */
  links: string[];
}

/**
 * The newest email to the address, waited for: mail goes out just after the change it tells of. With `subject`, the
 * newest whose subject matches.
 *
 * What `/mailbox` keeps to: a link a message, newest first, with its subject and recipient; the message's page shows
 * the subject as a heading, and the text in an element with the test id `message`.
 */
export async function mail(page: Page, to: string, subject = /./): Promise<Mail> {
  const box = await page.context().newPage();
  try {
    const entry = box.locator(".mail-list a").filter({ hasText: to }).filter({ hasText: subject }).first();
    await expect(async () => {
      await box.goto(new URL("/mailbox", page.url()).href);
      await expect(entry).toBeVisible({ timeout: 250 });
    }, `an email to ${to} about ${subject}`).toPass({ timeout: 15_000 });
    await entry.click();
    const message = box.getByTestId("message");
    return {
      subject: await box.locator(".mail-view h2").innerText(),
      text: await message.innerText(),
      links: await message.getByRole("link").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)),
    };
  } finally {
    await box.close();
  }
}
