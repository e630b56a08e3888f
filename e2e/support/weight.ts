// How much a page makes a first visitor fetch.

import type { Page } from "@playwright/test";

/** Opens the page with an empty cache and gives the bytes on the wire, headers and all its resources included. */
export async function weigh(page: Page, url: string): Promise<number> {
  const protocol = await page.context().newCDPSession(page);
  let bytes = 0;
  protocol.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await protocol.send("Network.enable");
  await protocol.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url, { waitUntil: "load" });
  // Icons and whatever a script asks for come after `load`. An event stream never ends, so there is no idle to wait for.
  await page.waitForTimeout(500);
  await protocol.detach();
  return bytes;
}
