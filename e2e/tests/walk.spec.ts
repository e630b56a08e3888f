// The whole walk of a company that never saw the portal, in both languages, with axe-core on every page it meets.

import type { Page } from "@playwright/test";
import type { Portico } from "../support/portico.ts";
import { axe, expect, mail, test, type Visitor, weigh } from "../support/test.ts";

const PASSWORD = "seven yellow kites";

interface Words {
  locale: "en-US" | "vi-VN";
  signUp: string;
  sendLink: string;
  verification: RegExp;
  create: string;
  signIn: string;
  root: string;
  become: string;
  awaiting: string;
  approved: RegExp;
}

const ENGLISH: Words = {
  locale: "en-US",
  signUp: "Sign up",
  sendLink: "Send the verification link",
  verification: /VNG Cloud.*account verification/i,
  create: "Create the account",
  signIn: "Sign in",
  root: "Sign in with root user account",
  become: "Become a VNG Cloud Partner",
  awaiting: "Awaiting approval",
  approved: /is now a VNG Cloud Partner/i,
};

const VIETNAMESE: Words = {
  locale: "vi-VN",
  signUp: "Đăng ký",
  sendLink: "Gửi liên kết xác minh",
  verification: /VNG Cloud.*xác minh tài khoản|xác minh tài khoản.*VNG Cloud/i,
  create: "Tạo tài khoản",
  signIn: "Đăng nhập",
  root: "Đăng nhập bằng người dùng gốc",
  become: "Trở thành Đối tác VNG Cloud",
  awaiting: "Đang chờ phê duyệt",
  approved: /phê duyệt|chấp thuận/i,
};

/** Signs up as an enterprise and comes back from the sign-in link to the workspace's door. */
async function signUp(page: Page, portico: Portico, words: Words, email: string, taxCode: string): Promise<void> {
  await page.goto(portico.signInLink);
  await axe(page);
  await page.getByRole("link", { name: words.signUp }).click();
  await page.locator("#email").fill(email);
  await page.locator("#terms_of_use").check();
  await page.locator("#personal_data").check();
  await axe(page);
  await page.getByRole("button", { name: words.sendLink }).click();
  const letter = await mail(page, email, words.verification);
  await page.goto(letter.links.find((link) => link.includes("/sign-up/complete"))!);
  await page.locator("#name").fill("Trần Bảo Ngọc");
  await page.locator("#password").fill(PASSWORD);
  await page.locator("#phone").fill("+84 24 3825 1234");
  await page.locator("#class-enterprise").check();
  await page.locator("#legal_name").fill("Công ty TNHH Kinh Bắc");
  await page.locator("#tax_code").fill("0102030400");
  await page.getByRole("button", { name: words.create }).click();
  // A wrong check digit: the form comes back filled in, the field is named.
  await expect(page.locator("#tax_code-error")).toBeVisible();
  await expect(page.locator("#legal_name")).toHaveValue("Công ty TNHH Kinh Bắc");
  await axe(page);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("#tax_code").fill(taxCode);
  await page.getByRole("button", { name: words.create }).click();
  await axe(page);
  await page.goto(portico.signInLink);
  await signIn(page, words, email, PASSWORD);
  await expect(page).toHaveURL(/\/overview$/);
}

async function signIn(page: Page, words: Words, email: string, password: string): Promise<void> {
  await page.locator("#email").fill(email);
  await page.locator("#password").fill(password);
  await page.getByRole("button", { name: words.root }).click();
}

async function apply(page: Page, words: Words): Promise<void> {
  await page.goto("/registration");
  await axe(page);
  await page.locator("#agree").check();
  await page.getByRole("button", { name: words.become }).click();
  await expect(page.getByText(words.awaiting).first()).toBeVisible();
  await axe(page);
}

/** Opens the applicant's case as the reviewer and takes it. */
async function takeCase({ page }: Visitor, portico: Portico, company: string): Promise<void> {
  await page.goto("/staff/registrations");
  if (page.url().includes("/ap/auth")) {
    const { email, password } = portico.signIn(/reviewer/);
    await page.locator("#email").fill(email);
    await page.locator("#password").fill(password);
    await page.locator("#password").press("Enter");
  }
  await axe(page);
  await page.getByRole("link", { name: company }).first().click();
  await page.locator("form[action$='/take'] button").click();
  await axe(page);
}

for (const words of [ENGLISH, VIETNAMESE]) {
  test(`a newcomer becomes a partner, in ${words.locale}`, async ({ portico, visit }) => {
    test.setTimeout(120_000);
    const applicant = await visit({ locale: words.locale });
    const email = "ngoc@kinhbac.example";
    await signUp(applicant.page, portico, words, email, "0284268463");
    await apply(applicant.page, words);

    const staff = await visit();
    await takeCase(staff, portico, "Kinh Bắc");
    await staff.page.locator("a[href$='/approve'], form[action$='/approve'] button").first().click();
    if (staff.page.url().endsWith("/approve")) {
      await axe(staff.page);
      await staff.page.locator("form[action$='/approve'] button").click();
    }
    await expect(staff.page.getByText("Approved").first()).toBeVisible();

    // The applicant's open page follows by itself.
    await expect(applicant.page.getByText(words.awaiting)).toHaveCount(0);
    const letter = await mail(applicant.page, email, words.approved);
    expect(letter.text).toContain("http");
    await applicant.page.goto("/overview");
    await expect(applicant.page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(applicant.page);
  });
}

test("a rejected company reads why and applies again", async ({ portico, visit }) => {
  const { page } = await visit();
  const { email, password } = portico.signIn(/^Enterprise/);
  await page.goto(portico.signInLink);
  await signIn(page, ENGLISH, email, password);
  await apply(page, ENGLISH);

  const staff = await visit();
  await takeCase(staff, portico, "Sao Mai");
  await staff.page.locator("a[href$='/reject']").first().click();
  await staff.page.locator("#reason").selectOption({ index: 1 });
  await staff.page.locator("#words").fill("Please give the tax code of the head office.");
  await axe(staff.page);
  await staff.page.locator("button[value=check]").click();
  await axe(staff.page);
  await staff.page.locator("button[value=confirmed]").click();
  await expect(staff.page.getByText("Rejected").first()).toBeVisible();

  await expect(page.getByText("Please give the tax code of the head office.").first()).toBeVisible();
  const letter = await mail(page, email);
  expect(letter.text).toContain("Please give the tax code of the head office.");
  await apply(page, ENGLISH);
});

test("an individual becomes an enterprise first, a partner's customer and an IAM user are told why not", async ({
  portico,
  visit,
}) => {
  const individual = await visit({ phone: true });
  const { email, password } = portico.signIn(/^Individual/);
  await individual.page.goto(portico.signInLink);
  await signIn(individual.page, ENGLISH, email, password);
  await individual.page.goto("/registration");
  await expect(individual.page.getByText("This is an individual account.")).toBeVisible();
  await axe(individual.page);
  await individual.page.locator("a[href='/profile/enterprise']").first().click();
  await individual.page.locator("#legal_name").fill("Công ty TNHH Hoài An");
  await individual.page.locator("#tax_code").fill("0136671277");
  await axe(individual.page);
  await individual.page.locator("main form button.primary").click();
  await axe(individual.page);
  await individual.page.locator("button[value=confirm]").click();
  await apply(individual.page, ENGLISH);

  const customer = await visit({ dark: true });
  await customer.page.goto(portico.signInLink);
  await signIn(customer.page, ENGLISH, portico.signIn(/^Customer/).email, password);
  await customer.page.goto("/registration");
  // The page speaks the language of the customer's profile, Vietnamese; it names the partner.
  await expect(customer.page.getByText("Biển Đông Technology JSC").first()).toBeVisible();
  await expect(customer.page.locator("#agree")).toHaveCount(0);
  await axe(customer.page);

  const iam = await visit();
  await iam.page.goto(portico.signInLink);
  await iam.page.getByRole("link", { name: "Sign in with IAM user account" }).click();
  await iam.page.locator("#email").fill(portico.signIn(/^IAM/).email);
  await iam.page.locator("#user_name").fill("minh");
  await iam.page.locator("#password").fill(password);
  await iam.page.getByRole("button", { name: "Sign in with IAM user account" }).click();
  await iam.page.goto("/registration");
  await expect(iam.page.getByText(/root user/).first()).toBeVisible();
  await expect(iam.page.locator("#agree")).toHaveCount(0);
  await axe(iam.page);
});

test("the first page stays light", async ({ portico, page }) => {
  const total = await weigh(page, portico.signInLink);
  expect(total).toBeLessThan(60_000);
});

test("the whole of applying works without script", async ({ portico, visit }) => {
  const { page } = await visit({ scriptless: true });
  const { email, password } = portico.signIn(/^Enterprise/);
  await page.goto(portico.signInLink);
  await signIn(page, ENGLISH, email, password);
  await page.goto("/registration");
  await page.locator("#agree").check();
  await page.getByRole("button", { name: ENGLISH.become }).click();
  await expect(page.getByText(ENGLISH.awaiting).first()).toBeVisible();
  await expect(page.locator("meta[http-equiv=refresh]")).toHaveCount(1);
});

for (const locale of ["en-US", "vi-VN"] as const) {
  test(`everyone can use the pages of staff, in ${locale}`, async ({ portico, visit }) => {
    const { page } = await visit({ locale, dark: locale === "vi-VN" });
    const { email, password } = portico.signIn(/lead/);
    await page.goto("/staff/dashboard");
    await page.locator("#email").fill(email);
    await page.locator("#password").fill(password);
    await page.locator("#password").press("Enter");
    await expect(page).toHaveURL(/dashboard/);
    const paths = ["dashboard", "registrations", "registrations?state=approved", "messages", "messages/templates"];
    for (const path of [...paths.map((path) => `/staff/${path}`), "/profile/password", "/profile/sign-ins", "/mailbox"]) {
      expect((await page.goto(path))?.status(), path).toBe(200);
      await axe(page);
    }
  });
}
