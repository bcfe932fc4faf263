/** Random letters that are the same each time, so that a failure can be looked at. */
function letters(alphabet: string, seed: number): (length: number) => string {
  let state = seed
  return (length) => {
    let text = ''
    while (text.length < length) {
      // The multiplier and increment of Numerical Recipes' generator.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      text += alphabet[Math.floor((state / 2 ** 32) * alphabet.length)] ?? ''
    }
    return text
  }
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
const DIGITS = '0123456789'
const hex = letters(DIGITS + 'abcdef', 1)
const word = letters(UPPER + LOWER + DIGITS, 2)
const upper = letters(UPPER + DIGITS, 3)
const digits = letters(DIGITS, 4)
const base64 = (length: number): string => `${word(length - 2)}7+`

/** A text that only running code puts together: no scanner that reads this file finds a secret in it. */
const joined = (...pieces: readonly string[]): string => pieces.join('')

/** Tokens that show by their form what they are: found without any name beside them. */
export const FORMED_SECRETS: Readonly<Record<string, string>> = {
  'AWS access key id': joined('AK', 'IA', upper(16)),
  'AWS temporary key id': joined('AS', 'IA', upper(16)),
  'Google API key': joined('AI', 'za', word(35)),
  'Google client secret': joined('GOC', 'SPX-', word(28)),
  'Google access token': joined('ya', '29.', word(120)),
  'Azure client secret': joined(word(3), '8', 'Q~', word(34)),
  'GitHub token': joined('gh', 'p_', word(36)),
  'GitHub server token': joined('gh', 's_', word(36)),
  'GitHub fine-grained token': joined('github', '_pat_', word(22), '_', word(59)),
  'GitLab token': joined('gl', 'pat-', word(20)),
  'GitLab runner token': joined('gl', 'rt-', word(20)),
  'Atlassian token': joined('ATA', 'TT3', word(180)),
  'npm token': joined('npm', '_', word(36)),
  'PyPI token': joined('py', 'pi-', word(150)),
  'RubyGems key': joined('ruby', 'gems_', hex(48)),
  'Docker token': joined('dckr', '_pat_', word(27)),
  'Slack bot token': joined('xo', 'xb-', digits(12), '-', digits(12), '-', word(24)),
  'Slack app token': joined('xa', 'pp-1-', upper(11), '-', digits(13), '-', hex(64)),
  'Slack webhook': joined('hooks.slack', '.com/services/', 'T', upper(8), '/B', upper(8), '/', word(24)),
  'Discord webhook': joined('discord', '.com/api/webhooks/', digits(18), '/', word(68)),
  'Discord bot token': joined('M', word(23), '.', word(6), '.', word(38)),
  'Telegram bot token': joined(digits(10), ':A', 'A', word(33)),
  'SendGrid key': joined('S', 'G.', word(22), '.', word(43)),
  'Twilio key': joined('S', 'K', hex(32)),
  'Mailgun key': joined('key', '-', hex(32)),
  'Mailchimp key': joined(hex(32), '-us', '14'),
  'Resend key': joined('re', '_', word(8), '_', word(24)),
  'Stripe secret key': joined('sk', '_live_', word(24)),
  'Stripe restricted key': joined('rk', '_live_', word(24)),
  'Stripe webhook secret': joined('wh', 'sec_', word(32)),
  'Shopify token': joined('sh', 'pat_', hex(32)),
  'Square token': joined('sq0', 'atp-', word(22)),
  'OpenAI key': joined('s', 'k-', 'proj-', word(48)),
  'Anthropic key': joined('s', 'k-ant-api03-', word(90)),
  'Hugging Face token': joined('h', 'f_', word(34)),
  'DigitalOcean token': joined('do', 'p_v1_', hex(64)),
  'Doppler token': joined('dp', '.pt.', word(43)),
  'Vault token': joined('hv', 's.', word(90)),
  'Terraform Cloud token': joined(word(14), '.atlas', 'v1.', word(67)),
  'Databricks token': joined('da', 'pi', hex(32)),
  'PlanetScale password': joined('pscale', '_pw_', word(43)),
  'Supabase token': joined('sb', 'p_', hex(40)),
  'Pulumi token': joined('pu', 'l-', hex(40)),
  'age key': joined('AGE-SECRET', '-KEY-1', upper(58)),
  'New Relic key': joined('NR', 'AK-', upper(27)),
  'Grafana token': joined('gl', 'sa_', word(32), '_', hex(8)),
  'Postman key': joined('PM', 'AK-', hex(24), '-', hex(34)),
  'Linear key': joined('lin', '_api_', word(40)),
  'Notion token': joined('nt', 'n_', word(46)),
  'Figma token': joined('fi', 'gd_', word(43)),
  'Airtable token': joined('pa', 't', word(14), '.', hex(64)),
  'Crontify key': joined('ck', '_live_', word(32)),
  'JSON web token': joined('ey', 'J', word(33), '.ey', 'J', word(80), '.', word(43)),
}

/** Texts that only a name, a header or a URL beside them makes a secret. */
export const NAMED_SECRETS: Readonly<Record<string, string>> = {
  'short password': joined('hunter', '2'),
  password: joined('Tr0ub4dor', '-', word(6)),
  'password with signs': joined('p4', '$$', 'w0rd', '!', word(4)),
  'hexadecimal secret': hex(64),
  'base64 secret': base64(44),
  uuid: [hex(8), hex(4), hex(4), hex(4), hex(12)].join('-'),
}

/** What is put around a secret that needs a name. */
export const NAMED_EMBEDDINGS: Readonly<Record<string, (secret: string) => string>> = {
  'an environment line': (secret) => `DB_PASSWORD=${secret}`,
  'an exported variable': (secret) => `export API_KEY="${secret}"`,
  'a variable in a shell line': (secret) => `+ SESSION_SECRET='${secret}' node job.js`,
  JSON: (secret) => `{"user":"ann","password":"${secret}","retries":3}`,
  'JSON with spaces': (secret) => `  "clientSecret": "${secret}",`,
  'JSON in JSON': (secret) => JSON.stringify({ body: JSON.stringify({ access_token: secret, n: 1 }) }),
  'an inspected object': (secret) => `  auth: { user: 'ann', pass: '${secret}' },`,
  'an inspected option': (secret) => `{ host: 'db', password: '${secret}', port: 5432 }`,
  'a template text': (secret) => 'connect({ token: `' + secret + '` })',
  YAML: (secret) => `  private_key: ${secret}\n  region: eu-west-1`,
  TOML: (secret) => `secret_key = "${secret}"`,
  'a properties file': (secret) => `spring.datasource.password = ${secret}`,
  'a query': (secret) => `GET /v1/items?user=ann&access_token=${secret}&page=2 failed`,
  'a form': (secret) => `grant_type=password&username=ann&client_secret=${secret}`,
  'a connection string': (secret) => `Server=db;Database=main;User Id=app;Password=${secret};Encrypt=true`,
  'a storage string': (secret) => `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${secret}`,
  'a URL': (secret) =>
    `connect ECONNREFUSED postgres://app:${encodeURIComponent(secret)}@db.internal:5432/main`,
  'a URL without a user': (secret) => `redis://:${encodeURIComponent(secret)}@cache:6379/0 timed out`,
  'a URL in quotes': (secret) => `url: "amqp://guest:${encodeURIComponent(secret)}@mq/vhost"`,
  'a header': (secret) => `Authorization: Basic ${secret}`,
  'a curl line': (secret) => `curl -H "Authorization: Token ${secret}" https://api.example.com`,
  'inspected headers': (secret) => `headers: { authorization: 'Bearer ${secret}', accept: '*/*' }`,
  'a cookie': (secret) => `Cookie: theme=dark; connect.sid=${secret}`,
  'a set cookie': (secret) => `< set-cookie: session=${secret}; Path=/; HttpOnly`,
  'an own header': (secret) => `X-Api-Key: ${secret}`,
  'a header in JSON': (secret) => `"x-auth-token":"${secret}"`,
  XML: (secret) => `<soap:Password>${secret}</soap:Password>`,
  'a command line': (secret) => `Command failed: pg_dump --password ${secret} main`,
  'a command line with an equals sign': (secret) => `Command failed: tool --api-key=${secret} run`,
  'a Ruby hash': (secret) => `:password => "${secret}"`,
}

/** What is put around a secret that is known by its form. */
export const FORMED_EMBEDDINGS: Readonly<Record<string, (secret: string) => string>> = {
  ...NAMED_EMBEDDINGS,
  'a sentence': (secret) => `Request failed for ${secret} with status 403.`,
  'an error line': (secret) => `Error: invalid credentials ${secret}\n    at login (/app/auth.js:10:5)`,
  'a list': (secret) => `args: [ 'deploy', '${secret}', '--force' ]`,
  'a URL path': (secret) => `GET https://api.example.com/v1/${secret}/items 404`,
  brackets: (secret) => `unexpected value (${secret})`,
  'an end of a line': (secret) => `token was\n${secret}\nand then`,
  'a URL instead of a user': (secret) => `fatal: unable to access https://${secret}@example.com/a.git`,
}
