// Makes the pictures of the README: PORTICO_SCREENSHOTS=1 ./script/test e2e -- screenshots

import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "../support/test.ts";

const IMAGES = join(import.meta.dirname, "../../docs/images");

test.skip(!process.env.PORTICO_SCREENSHOTS, "only on demand");

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/ap/"));
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}

test("pictures", async ({ portico, visit }) => {
  const { page } = await visit();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(portico.signInLink);
  const { email, password } = portico.signIn(/^Enterprise/);
  await signIn(page, email, password);
  await page.goto("/registration");
  await picture(page, "registration");
  await page.locator("#agree").check();
  await page.locator("form:has(#agree) button[type=submit], form:has(#agree) button").last().click();
  await page.waitForURL("**/registration");
  await picture(page, "status");

  const staff = await visit();
  await staff.page.setViewportSize({ width: 1280, height: 900 });
  await staff.page.goto("/staff/registrations");
  const lead = portico.signIn(/lead/);
  await signIn(staff.page, lead.email, lead.password);
  await picture(staff.page, "queue");

  const partner = await visit();
  await partner.page.setViewportSize({ width: 1280, height: 900 });
  await partner.page.goto("/customers");
  const { email: own } = portico.signIn(/^Partner/);
  await signIn(partner.page, own, password);
  await picture(partner.page, "customers");
  await partner.page.goto("/prices");
  await partner.page.locator("#customer").selectOption({ index: 1 });
  // Its choice is sent by itself.
  await partner.page.waitForURL(/customer=/);
  await picture(partner.page, "prices");

  const vietnamese = await visit({ locale: "vi-VN", dark: true, phone: true });
  await vietnamese.page.goto("/credit");
  await signIn(vietnamese.page, portico.signIn(/^Customer/).email, password);
  await picture(vietnamese.page, "phone");
});
