// Accessibility by axe-core: WCAG 2.0 to 2.2, levels A and AA.

import { type Page, expect } from "@playwright/test";
import axeCore from "axe-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

/** Fails, listing them, when axe-core finds violations on the page as it is shown now. */
export async function axe(page: Page, look = ""): Promise<void> {
  // By the debugging protocol, which the page's content security policy does not govern.
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate(
    (tags) =>
      (window as unknown as { axe: typeof axeCore }).axe.run(document, {
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations"],
      }),
    TAGS,
  );
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}\n    ${node.html}\n    ${node.failureSummary}`),
  );
  expect(found, `axe-core on ${page.url()} ${look}`).toEqual([]);
}

/**
 * `axe` in every look: wide and phone, light and dark; and on the phone nothing may need scrolling sideways.
 * Leaves the page wide and light.
 */
export async function axeInEveryLook(page: Page): Promise<void> {
  for (const [viewport, size] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    await page.setViewportSize(size);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await axe(page, `(${viewport}, ${colorScheme})`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${page.url()} is wider than a ${viewport} by this many pixels`).toBeLessThanOrEqual(0);
  }
}

/** Waits until transitions of a changed look have ended: half-way colours have no contrast to judge. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    const finite = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(finite.map((each) => each.finished));
  });
}
