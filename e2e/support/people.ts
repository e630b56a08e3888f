// People of the sample at their browsers.

import { expect, type Page } from "@playwright/test";
import type { Portico } from "./portico.ts";

/** Opens a page as somebody of the sample, who signs in on the way. */
export async function open(page: Page, portico: Portico, role: RegExp, path: string): Promise<void> {
  await page.goto(path);
  if (!page.url().includes("/ap/auth")) return;
  const { email, password } = portico.signIn(role);
  await signIn(page, email, password);
}

/** Signs in on the page that asks for it. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/ap/"));
}

/** Speaks the reader's language, whatever the profile says. */
export async function speak(page: Page, language: "en" | "vi"): Promise<void> {
  const other = page.locator(`.lang button[value=${language}]`);
  // Of the language that is spoken already there is no button.
  if ((await other.count()) > 0) await other.click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}
