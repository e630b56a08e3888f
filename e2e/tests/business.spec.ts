// A partner's daily work, by hand in both languages: customers, credit, discounts; with axe-core on every page it meets.

import type { Page } from "@playwright/test";
import { open, speak } from "../support/people.ts";
import { axe, expect, mail, test, type Visitor } from "../support/test.ts";
import type { Portico } from "../support/portico.ts";

const NEWCOMER = "duyen.chu@lamson.example";

async function balance(page: Page): Promise<number> {
  await page.goto("/credit");
  const text = await page.locator(".stat dd").first().innerText();
  return Number(text.replaceAll(/\D/g, ""));
}

async function signUp(page: Page, portico: Portico, email: string): Promise<void> {
  await page.goto(portico.signInLink);
  await page.locator("a[href*='/sign-up']").first().click();
  await page.locator("#email").fill(email);
  await page.locator("#terms_of_use").check();
  await page.locator("#personal_data").check();
  await page.locator("form:has(#email) button").last().click();
  const letter = await mail(page, email);
  await page.goto(letter.links.find((link) => link.includes("/sign-up/complete"))!);
  await page.locator("#name").fill("Chu Mỹ Duyên");
  await page.locator("#password").fill("seven yellow kites");
  await page.locator("#phone").fill("+84 24 3825 1234");
  await page.locator("#class-individual").check();
  await page.locator("form:has(#name) button").last().click();
}

/** Two are invited in one form: one signs up and confirms, one declines; staff approve the first. */
async function gainCustomer(partner: Page, visit: () => Promise<Visitor>, staff: Page, portico: Portico): Promise<void> {
  await partner.goto("/customers/new");
  await axe(partner);
  await partner.locator("#email-1").fill(NEWCOMER);
  await partner.locator("#name-1").fill("Lam Sơn");
  await partner.locator("#email-2").fill("vinh.to@cangio.example");
  await partner.locator("#name-2").fill("Cần Giờ");
  await partner.locator("button[value=send]").click();
  await expect(partner.getByText("Lam Sơn").first()).toBeVisible();
  await axe(partner);

  const newcomer = await visit();
  await signUp(newcomer.page, portico, NEWCOMER);
  const invitation = (await mail(partner, NEWCOMER, /Biển Đông/)).links.find((link) => link.includes("/invitation"))!;
  await newcomer.page.goto(invitation);
  if (await newcomer.page.locator("#sign-in").count()) {
    await axe(newcomer.page);
    await newcomer.page.locator("#sign-in").click();
    await newcomer.page.locator("#email").fill(NEWCOMER);
    await newcomer.page.locator("#password").fill("seven yellow kites");
    await newcomer.page.locator("#password").press("Enter");
    await newcomer.page.waitForURL((url) => url.pathname === "/invitation");
  }
  await axe(newcomer.page);
  await newcomer.page.locator("form[action='/invitation/confirm'] button").click();
  await axe(newcomer.page);

  const other = await visit();
  const unwanted = (await mail(partner, "vinh.to@cangio.example")).links.find((link) => link.includes("/invitation"))!;
  await other.page.goto(unwanted);
  await other.page.locator("form[action='/invitation/decline'] button").click();
  await axe(other.page);

  await open(staff, portico, /reviewer/, "/staff/customers");
  await axe(staff);
  await staff.getByRole("link", { name: "Lam Sơn" }).click();
  await axe(staff);
  await staff.locator("a[href$='/approve']").click();
  await axe(staff);
  await staff.locator("form[action$='/approve'] button").click();
  await expect(staff.locator("form[action$='/approve'], a[href$='/approve']")).toHaveCount(0);
}

/** Staff record a payment, which is in the balance at once; the partner tops its new customer up. */
async function moveCredit(partner: Page, staff: Page): Promise<void> {
  const before = await balance(partner);
  await staff.goto("/staff/credit?q=hung.pham");
  await axe(staff);
  await staff.locator("th[scope=row] a").first().click();
  await axe(staff);
  await staff.locator("#amount").fill("0");
  await staff.locator("#reference").fill("FT-E2E-1");
  await staff.locator("form[action$='/deposit'] button").click();
  await expect(staff.locator("#amount-error")).toBeVisible();
  await expect(staff.locator("#reference")).toHaveValue("FT-E2E-1");
  await axe(staff);
  await staff.locator("#amount").fill("3000000");
  await staff.locator("form[action$='/deposit'] button").click();
  await axe(staff);
  await staff.locator("button[value=confirmed]").click();
  expect(await balance(partner)).toBe(before + 3_000_000);

  await partner.goto("/credit/top-up");
  await partner.locator("#customer").selectOption({ label: `Lam Sơn (${NEWCOMER})` });
  await partner.locator("#amount").fill("1250000");
  await axe(partner);
  await partner.locator("form[action='/credit/top-up'] button").click();
  await axe(partner);
  await partner.locator("form[action='/credit/top-up/confirm'] button").click();
  await axe(partner);
  expect(await balance(partner)).toBe(before + 1_750_000);
  await expect(partner.locator("tbody tr").filter({ hasText: "Lam Sơn" }).first()).toBeVisible();
  await axe(partner);
}

/** The partner asks for a discount, staff grant it with a change, and it begins on its date. */
async function gainDiscount(partner: Page, staff: Page, portico: Portico): Promise<void> {
  await open(partner, portico, /^Partner/, "/discounts/new");
  await expect(partner.locator("#percent-vcpu")).toHaveValue("10");
  await partner.locator("#percent-vcpu").fill("14.256");
  await partner.locator("form:has(#percent-vcpu) button.primary").click();
  await expect(partner.locator("#percent-vcpu-error")).toBeVisible();
  await axe(partner);
  await partner.locator("#percent-vcpu").fill("14.25");
  await partner.locator("form:has(#percent-vcpu) button.primary").click();
  await axe(partner);

  await open(staff, portico, /reviewer/, "/staff/discounts");
  await axe(staff);
  await staff.getByRole("link", { name: /Biển Đông/ }).first().click();
  await axe(staff);
  await staff.locator("a[href$='/change']").click();
  await axe(staff);
  await staff.locator("#percent-vcpu").fill("12.5");
  await staff.locator("button[value=check]").click();
  await axe(staff);
  await staff.locator("button[value=confirmed]").click();
  await axe(staff);

  for (let day = 0; day < 4; day++) {
    await partner.goto("/discounts");
    await partner.locator("button[value=business-day]").click();
  }
  await expect(async () => {
    await open(partner, portico, /^Partner/, "/discounts");
    await expect(partner.getByText(/12[.,]5/).first()).toBeVisible({ timeout: 500 });
    await expect(partner.locator("main section").first()).toContainText(/12[.,]5/, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await axe(partner);
}

/** The partner grants a customer more than it pays itself, is warned, and sees both prices. */
async function grantDiscount(partner: Page): Promise<void> {
  await partner.goto("/discounts/customers");
  await axe(partner);
  await partner.getByRole("link", { name: "Lam Sơn" }).click();
  await axe(partner);
  await partner.locator("a[href$='/new']").click();
  await axe(partner);
  const first = (await partner.locator("#from").getAttribute("min"))!;
  await partner.locator("#from").fill(first);
  await partner.locator("#to").fill(first);
  await partner.locator("input[name='product-object']").fill("3");
  await partner.locator("form:has(#from) button.primary").click();
  await expect(partner.locator("#below")).toBeVisible();
  await axe(partner);
  await partner.locator("#below").check();
  await partner.locator("form:has(#from) button.primary").click();
  await axe(partner);
  await partner.goto("/prices");
  await partner.locator("#customer").selectOption({ label: "Lam Sơn" });
  await expect(partner).toHaveURL(/customer=/);
  await axe(partner);
}

for (const locale of ["en-US", "vi-VN"] as const) {
  test(`a partner runs its business, in ${locale}`, async ({ portico, visit }) => {
    test.setTimeout(180_000);
    const look = { locale };
    const partner = (await visit(look)).page;
    const staff = (await visit(look)).page;
    await open(partner, portico, /^Partner/, "/overview");
    await speak(partner, locale === "vi-VN" ? "vi" : "en");
    await open(staff, portico, /reviewer/, "/staff/credit");
    await speak(staff, locale === "vi-VN" ? "vi" : "en");
    await gainCustomer(partner, () => visit(look), staff, portico);
    await moveCredit(partner, staff);
    await gainDiscount(partner, staff, portico);
    await grantDiscount(partner);
  });
}
