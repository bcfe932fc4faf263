/** The page before its script runs: the token is in it only for whoever may steer the server without being asked. */
export function pageHtml(token: string | undefined): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${token === undefined ? '' : `<meta name="control-token" content="${escaped(token)}">\n`}<title>Crontify, local</title>
<link rel="stylesheet" href="/dashboard/app.css">
<link rel="icon" href="data:,">
<script type="module" src="/dashboard/app.js"></script>
</head>
<body>
<div id="app"><noscript>This page shows its data with JavaScript. The same is found under /__control/openapi.json.</noscript></div>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}
