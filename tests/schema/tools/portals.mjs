// Redoc and Swagger UI in Chromium: what they show of CreateWholeImage.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const modules = join(import.meta.dirname, 'node_modules');
const pages = {
  '/redoc': '<!doctype html><title>Redoc</title><redoc spec-url="/openapi.json"></redoc><script src="/redoc.js"></script>',
  '/swagger': '<!doctype html><title>Swagger UI</title><div id="ui"></div><script src="/swagger.js"></script><script>SwaggerUIBundle({url: "/openapi.json", dom_id: "#ui", defaultModelExpandDepth: 3})</script>',
};

/** The texts of the two pages about the operation; a screenshot of Redoc's in `SCREENSHOTS`. */
export async function portals(openapi) {
  const scripts = { '/redoc.js': 'redoc/bundles/redoc.standalone.js', '/swagger.js': 'swagger-ui-dist/swagger-ui-bundle.js' };
  const server = createServer(({ url }, answer) => {
    const type = url in pages ? 'text/html' : url in scripts ? 'text/javascript' : 'application/json';
    answer.setHeader('content-type', `${type}; charset=utf-8`);
    answer.end(pages[url] ?? readFileSync(url in scripts ? join(modules, scripts[url]) : openapi));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1200 } });
    page.setDefaultTimeout(180_000);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${base}/redoc`);
    const section = page.locator('[id="tag/IMS/operation/CreateWholeImage"]');
    await section.scrollIntoViewIfNeeded();
    await section.getByText('Whole Image From Backup', { exact: true }).first().waitFor();
    const ecs = await section.innerText();
    if (process.env.SCREENSHOTS) {
      await section.screenshot({ path: join(process.env.SCREENSHOTS, 'redoc-create-whole-image.png') });
    }
    await section.getByText('Whole Image From Backup', { exact: true }).first().click();
    const backup = await section.innerText();
    await page.goto(`${base}/swagger`);
    const operation = page.locator('#operations-IMS-CreateWholeImage');
    await operation.locator('.opblock-summary-control').click();
    const body = operation.locator('.opblock-section-request-body');
    await body.locator('button', { hasText: 'Schema' }).first().click();
    await body.getByText('backup_id').first().waitFor();
    const swagger = await body.innerText();
    return { ecs, backup, swagger, errors };
  } finally {
    await browser.close();
    server.close();
  }
}
