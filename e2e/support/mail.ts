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
 * What `/mailbox` keeps to: its messages are list items or table rows, newest first, that name the recipient and whose
 * one link is the subject and opens the message; the message's page shows the subject as its heading, and the text in
 * an element with the test id `message`.
 */
export async function mail(page: Page, to: string, subject = /./): Promise<Mail> {
  const box = await page.context().newPage();
  try {
    const entry = box
      .locator("main :is(li, tbody tr)")
      .filter({ hasText: to })
      .getByRole("link")
      .filter({ hasText: subject })
      .first();
    await expect(async () => {
      await box.goto(new URL("/mailbox", page.url()).href);
      await expect(entry).toBeVisible({ timeout: 250 });
    }, `an email to ${to} about ${subject}`).toPass({ timeout: 15_000 });
    await entry.click();
    const message = box.getByTestId("message");
    return {
      subject: await box.getByRole("heading", { level: 1 }).innerText(),
      text: await message.innerText(),
      links: await message.getByRole("link").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href)),
    };
  } finally {
    await box.close();
  }
}
