// What the provider's and the partners' engineers use: tokens, the API's reference, webhooks, the audit trail.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { speak } from "../support/people.ts";
import type { Portico } from "../support/portico.ts";
import { axeInEveryLook, expect, mail, test } from "../support/test.ts";

/** Who has webhooks: the provider's lead and a partner's root user. */
const OWNERS = [
  { owner: "the provider", who: /lead/, list: "/staff/webhooks" },
  { owner: "a partner", who: /^Partner$/, list: "/webhooks" },
] as const;

/** Looks at the page in every look; keeps a picture of each where PORTICO_PICTURES names a folder. */
async function look(page: Page, name: string): Promise<void> {
  await axeInEveryLook(page);
  const folder = process.env.PORTICO_PICTURES;
  if (!folder) return;
  const locale = await page.evaluate(() => document.documentElement.lang);
  await page.screenshot({ path: join(folder, `${name}-${locale}.png`), fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(folder, `${name}-${locale}-phone.png`), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Signs one of the staff in, whose profile speaks English, and chooses the browser's language. */
async function signIn(page: Page, portico: Portico, who: RegExp, path: string, locale: string): Promise<string> {
  const { email, password } = portico.signIn(who);
  await page.goto(path);
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.locator("#password").press("Enter");
  await page.waitForURL((url) => url.pathname === path);
  await speak(page, locale === "vi-VN" ? "vi" : "en");
  return email;
}

for (const locale of ["en-US", "vi-VN"] as const) {
  test(`a token is made, used and revoked, in ${locale}`, async ({ portico, visit }) => {
    test.setTimeout(90_000);
    const { page } = await visit({ locale });
    const email = await signIn(page, portico, /lead/, "/staff/registrations", locale);
    await page.goto("/profile/tokens");
    await look(page, "tokens-none");
    await page.locator("form[action='/profile/tokens'] button").click();
    await expect(page.locator("#name-error")).toBeVisible();
    await look(page, "tokens-mistakes");
    await page.locator("#name").fill("CRM");
    await page.locator("input[value='registrations:read']").check();
    await page.locator("#days").fill("30");
    await page.locator("form[action='/profile/tokens'] button").click();
    const token = await page.locator("#made").textContent();
    await look(page, "tokens-made");

    const ask = () =>
      fetch(`${portico.url}/api/v1/registrations?limit=1`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect((await answer.json()).items).toHaveLength(1);
    expect((await mail(page, email)).text).toContain("CRM");

    await page.goto("/profile/tokens");
    await expect(page.locator("#made")).toHaveCount(0);
    await page.locator("a[href$='/revoke']").click();
    await look(page, "token-revoke");
    await page.locator("form[action$='/revoke'] button").click();
    await page.waitForURL("**/profile/tokens");
    const refused = await ask();
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
  });

  for (const { owner, who, list } of OWNERS) {
    test(`${owner} sets up, tries and removes an endpoint for webhooks, in ${locale}`, async ({ portico, visit }) => {
      test.setTimeout(120_000);
      const { page } = await visit({ locale });
      await signIn(page, portico, who, list, locale);
      const name = list.slice(1).replace("/", "-");
      await look(page, `${name}-none`);
      await page.locator(`a[href='${list}/new']`).first().click();
      await page.locator("#url").fill("https://127.0.0.1/hook");
      await page.locator("main form button.primary").click();
      await expect(page.locator("#url-error")).toBeVisible();
      await look(page, `${name}-form`);
      // A name that nobody has (RFC 6761): every delivery fails.
      await page.locator("#url").fill("https://hooks.example.invalid/portico?key=1");
      await page.locator("#description").fill("CRM");
      await page.locator("main form button.primary").click();
      const secret = await page.locator("#secret").textContent();
      expect(secret).toMatch(/^whsec_/);
      await look(page, `${name}-secret`);
      await page.locator(`a.primary[href^='${list}/']`).click();
      await expect(page.getByText(secret!)).toHaveCount(0);
      const endpoint = page.url();
      await page.locator("form[action$='/test'] button").click();
      await page.goto(endpoint);
      // However often it was tried by now: a second attempt follows the first within seconds.
      await expect(async () => {
        await page.reload();
        await expect(page.locator("td.num").first()).toHaveText(/^[1-9]\d*$/, { timeout: 500 });
      }, "a first attempt to deliver").toPass({ timeout: 20_000 });
      await look(page, `${name}-endpoint`);
      await page.locator("th[scope=row] a").first().click();
      await look(page, `${name}-delivery`);
      await page.goto(`${endpoint}/rotate`);
      await look(page, `${name}-rotate`);
      await page.goto(list);
      await look(page, `${name}-list`);
      await page.goto(`${endpoint}/remove`);
      await look(page, `${name}-remove`);
      await page.locator("form[action$='/remove'] button").click();
      await expect(page).toHaveURL((url) => url.pathname === list);
      await expect(page.getByText("hooks.example.invalid")).toHaveCount(0);
    });
  }

  test(`an auditor searches the trail and takes it away, in ${locale}`, async ({ portico, visit }) => {
    test.setTimeout(90_000);
    const { page } = await visit({ locale });
    await signIn(page, portico, /auditor/, "/staff/audit", locale);
    await look(page, "audit");
    await page.locator("#kind").selectOption("registration.approved");
    await page.locator("form[role=search] button").click();
    await expect(page.locator("tbody tr").first()).toBeVisible();
    await look(page, "audit-found");
    const download = page.waitForEvent("download");
    await page.locator("button[value=csv]").click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    expect(await readFile(await file.path(), "utf8")).toContain("registration.approved");
    await page.locator("th[scope=row] a").first().click();
    await look(page, "audit-event");
    await page.goto("/staff/audit?about=nobody@nowhere.example");
    await expect(page.locator(".empty")).toBeVisible();
    await look(page, "audit-none");
  });

  test(`everyone can read the reference of the API, in ${locale}`, async ({ visit }) => {
    const { page, watch } = await visit({ locale });
    await page.goto("/api");
    await look(page, "api");
    const document = await page.request.get("/api/openapi.json");
    expect((await document.json()).openapi).toMatch(/^3\.1/);
    // The fixture fails where a page asked anybody else for anything.
    expect(watch.troubles).toEqual([]);
  });
}
