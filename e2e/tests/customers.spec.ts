// A partner's customers come from a file and go to another partner, by hand in both languages, with axe-core on the way.

import type { Page } from "@playwright/test";
import { open, signIn, speak } from "../support/people.ts";
import { axe, axeInEveryLook, expect, mail, test } from "../support/test.ts";

const LEAVING = "truc.lam@sachxanh.example";
const RECEIVING = "khoa.bui@mekong.example";

/** The file is looked through before anybody is written to; what is wrong with a row stands beside it. */
async function importCustomers(partner: Page): Promise<void> {
  await partner.goto("/customers");
  await partner.locator("a[href='/customers/import']").click();
  await axe(partner);
  await partner.locator("form[action='/customers/import'] button").click();
  await expect(partner.locator("#file-error")).toBeVisible();
  await axe(partner);
  const rows = ["email,name,role", "thu.ha@bensong.example,Bến Sông,Reseller", "no-address,Hỏng,"];
  await partner.locator("#file").setInputFiles({
    name: "customers.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\n")),
  });
  await partner.locator("form[action='/customers/import'] button").click();
  await expect(partner.locator("tbody tr")).toHaveCount(2);
  await expect(partner.locator("tbody tr").nth(1).locator(".sub")).not.toBeEmpty();
  await axeInEveryLook(partner);
  await partner.locator("form[action='/customers/import/confirm'] button").click();
  await expect(partner.getByRole("link", { name: "Bến Sông" })).toBeVisible();
  await axe(partner);
  expect((await mail(partner, "thu.ha@bensong.example")).links.some((link) => link.includes("/invitation"))).toBe(true);
}

/** A lead proposes it, sees what will happen, and thinks better of it. */
async function proposeAndTakeBack(lead: Page): Promise<void> {
  await lead.goto("/staff/customers?state=active");
  await lead.getByRole("link", { name: "Hoa Sen" }).first().click();
  await lead.locator("a[href$='/transfer']").click();
  await axe(lead);
  await lead.locator("#q").fill("phoenix");
  await lead.locator("#q").press("Enter");
  await lead.locator("form[method=post] button.primary").click();
  await expect(lead.locator("#words-error")).toBeVisible();
  await axe(lead);
  await lead.locator("input[name=to]").first().check();
  await lead.locator("#words").fill("Closer to its office.");
  await lead.locator("form[method=post]:has(#words) button.primary").click();
  await axe(lead);
  await lead.locator("form:has(input[name=sure]) button.primary").click();
  await axe(lead);
  await lead.locator("a[href$='/withdraw']").click();
  await axe(lead);
  await lead.locator("form[action$='/withdraw'] button").click();
  await axe(lead);
}

for (const locale of ["en-US", "vi-VN"] as const) {
  test(`customers come by a file and go by a transfer, in ${locale}`, async ({ portico, visit }) => {
    test.setTimeout(120_000);
    const language = locale === "vi-VN" ? "vi" : "en";
    const visitor = async () => (await visit({ locale })).page;
    const [partner, lead, customer, receiver] = [await visitor(), await visitor(), await visitor(), await visitor()];
    // Everybody of the sample has the same.
    const { password } = portico.signIn(/^Partner/);
    await open(partner, portico, /^Partner/, "/overview");
    await speak(partner, language);
    await importCustomers(partner);

    await open(lead, portico, /lead/i, "/staff/customers/transfers");
    await speak(lead, language);
    await expect(lead.locator("nav [aria-current]").first()).toHaveAttribute("href", "/staff/customers");
    await axeInEveryLook(lead);
    await proposeAndTakeBack(lead);

    // The sample has a proposal that awaits its customer: it agrees, then the new partner does.
    const asked = (await mail(lead, LEAVING)).links.find((link) => link.includes("/transfer"))!;
    await customer.goto(asked);
    await axe(customer);
    await customer.locator("#sign-in").click();
    await signIn(customer, LEAVING, password);
    await speak(customer, language);
    await axeInEveryLook(customer);
    await customer.locator("form[action='/transfer/agree'] button").click();
    await axe(customer);

    await receiver.goto("/customers/transfers");
    await signIn(receiver, RECEIVING, password);
    await speak(receiver, language);
    await axe(receiver);
    await receiver.getByRole("link", { name: /Sách Xanh/ }).click();
    await axeInEveryLook(receiver);
    await receiver.locator("form[action$='/accept'] button.primary").click();
    await axe(receiver);
    await receiver.goto("/customers");
    await expect(receiver.getByText("Sách Xanh").first()).toBeVisible();
    await partner.goto("/customers?state=active");
    await expect(partner.getByText("Sách Xanh")).toHaveCount(0);
    await lead.goto("/staff/customers/transfers?state=done");
    await expect(lead.getByText("Sách Xanh").first()).toBeVisible();
    await axe(lead);
  });
}
