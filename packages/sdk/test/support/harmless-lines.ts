/**
 * Lines of logs and stacks that hold no secret, at least 200, made from forms that job logs really have: words that
 * secrets are named by, ids, hashes, paths and numbers are in them on purpose.
 */
export function harmlessLines(): string[] {
  const lines: string[] = []
  for (let index = 0; index < FORMS; index++) lines.push(...formed(index))
  return [...lines, ...SINGLE]
}

const FORMS = 8

function formed(n: number): string[] {
  const hash = (0x9e3779b9 * (n + 1)).toString(16).replace('.', '').padEnd(40, '3').slice(0, 40)
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  return [
    `    at processTicksAndRejections (node:internal/process/task_queues:${95 + n}:5)`,
    `    at async Object.syncUsers (/srv/app/dist/jobs/sync-users.js:${10 + n}:21)`,
    `    at TokenStore.refresh (/srv/app/src/auth/token-store.ts:${n + 1}:9)`,
    `    at validatePassword (/srv/app/node_modules/bcrypt/bcrypt.js:${n + 40}:14)`,
    `2026-01-0${n + 1}T02:00:0${n}.123Z INFO  backup: copied ${n * 100} files in ${n}.5 s`,
    `{"level":30,"time":17673${n}4000,"pid":4${n},"hostname":"worker-${n}","msg":"run finished","durationMs":${n}12}`,
    `Error: connect ECONNREFUSED 127.0.0.1:543${n}`,
    `error: duplicate key value violates unique constraint "users_pkey_${n}"`,
    `Detail: Key (id)=(${n}) already exists.`,
    `commit ${hash}`,
    `job ${uuid} picked up by worker ${n}`,
    `prompt_tokens=${n}200 completion_tokens=35${n} max_tokens: 4096`,
    `Request ${uuid} failed with status code 50${n}`,
    `GET /api/v1/users/${n}/sessions?page=${n}&limit=50 200 12ms`,
    `sha512-${hash}${hash}== integrity ok`,
    `node_modules/.pnpm/jsonwebtoken@9.0.${n}/node_modules/jsonwebtoken/verify.js`,
    `cache key: user-list-${n} hit`,
    `primary key: order_id, partition key: tenant_${n}`,
    `mem: rss=12${n}MB heap=${n}6MB loop lag ${n}ms`,
    `https://docs.example.com/guide?section=${n}#passwords`,
    `retry ${n} of 5 in ${n}000 ms`,
    `PWD=/srv/app/releases/${n} OLDPWD=/srv`,
    `rotated ${n} secrets, ${n} tokens expired`,
    `${n} passing, ${n} failing (pass: ${n}, fail: ${n})`,
  ]
}

const SINGLE = [
  'SyntaxError: Unexpected token < in JSON at position 0',
  'SyntaxError: Unexpected token: punc (.)',
  'JsonWebTokenError: invalid token: jwt malformed',
  'TokenExpiredError: jwt expired',
  'Error: Missing required environment variable DB_PASSWORD',
  'ValidationError: password: must be longer than eight characters',
  'Error: secretOrPrivateKey must have a value',
  'password authentication failed for user "app"',
  'PasswordExpired: the password of the account has expired',
  'Error: self-signed certificate in certificate chain',
  'error:0909006C:PEM routines:get_name:no start line',
  'const token = await getToken()',
  'if (token === undefined) throw new Error("no token")',
  'token = req.headers.token',
  'password: undefined, user: undefined',
  '{"token":null,"user":"ann"}',
  '{ token: null, refreshToken: undefined }',
  'auth: true, secret: false',
  'Authorization: failed',
  '401 Unauthorized: authorization header is missing',
  'cookie: none',
  'cookies: 3',
  'Access token: expired',
  'API key: missing',
  'secret: required',
  'npm_config_user_agent=npm/10.8.2 node/v20.20.2 linux x64',
  'npm_lifecycle_event=start',
  'sk-learn-pipelines-with-columns loaded',
  'PRIVATE KEY could not be read: no such file',
  'author: Ann, authored 3 days ago',
  'Author=Ann; Authority=none',
  'key=value pairs: 12',
  'sessions: 14, session timeout 30 s',
  'basic auth is not supported',
  'Bearer tokens are not accepted here',
  'http://localhost:3000/health 200',
  'ann@example.com sent 3 messages to bob@example.org',
  'https://example.com/@scope/package/-/package-1.0.0.tgz',
  'rate limit: 120 per minute, remaining 17',
  'export const MAX_TOKENS = 4096',
]
