/*
 * What secrets look like. Kept linear in time: a pattern begins at a rare word or at the edge of a word, repeats one
 * class of characters up to a bound, and never repeats a repetition.
 */

/** A secret with what stands before it, which is kept; without such a group all of it is taken out. */
export interface SecretPattern {
  readonly family: string
  readonly pattern: RegExp
}

/** Names whose value is a secret. What stands before them, as in `DB_PASSWORD`, does not matter. */
const NAME = [
  'secret',
  'token',
  'passw(?:or)?d',
  'passphrase',
  'passcode',
  // The working directory has this name too.
  String.raw`pwd(?![=:]\s?\/)`,
  '[_-]pass',
  '[_-]auth',
  '(?:api|access|private|secret|account|encryption|signing|master|storage|subscription|functions|license)[_-]?key',
  'session[_-]?id',
  'jsessionid',
  'phpsessid',
  'signature',
  'credential',
].join('|')
const NAME_END = String.raw`(?:[_-]?(?:key|value|hash|base64|b64|raw|old|new|prod|dev|staging|id|\d{1,3}))?`
/** Also with backslashes before it, as in JSON within JSON. */
const QUOTE = String.raw`\\{0,3}["'\x60]`
/** What stands for a value, or for none: code, a place holder. */
const NO_SECRET = String.raw`(?!\$|%\{|\*{3}|(?:null|undefined|true|false|none|nil|yes|no)(?![\w-]))`
/** The rest of a quoted text: to its closing quote, or to the end of the line if that is missing. */
const rest = (group: number): string => `(?!\\${group})[^\\r\\n]{1,65536}?(?=(?<!\\\\)\\${group}|[\\r\\n]|$)`
const UNQUOTED = String.raw`[^\s"'\x60&,;<>()[\]{}=:|\\][^\s"'\x60&,;<>()[\]{}|\\]{0,4095}`
/** Words tell of a problem, secrets have digits or signs: "invalid token: jwt malformed" hides nothing. */
const LOOKS_RANDOM = String.raw`(?=[^\s"'&,;<>]{0,128}[\d!@#$%^*+~])`

/** Tokens that show by their first letters what they are. */
const TOKENS = [
  // Amazon, Google, Azure
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  'AIza[A-Za-z0-9_-]{35}',
  'GOCSPX-[A-Za-z0-9_-]{20,64}',
  String.raw`ya29\.[A-Za-z0-9_-]{20,1024}`,
  String.raw`1\/\/0[A-Za-z0-9_-]{30,256}`,
  String.raw`[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}`,
  // Where code and packages are kept
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_[A-Za-z0-9_]{22,255}',
  'gl(?:pat|dt|rt|cbt|ptt|soat|ft|imt|agent)-[A-Za-z0-9_.-]{20,300}',
  'ATATT3[A-Za-z0-9_=-]{50,300}',
  'npm_[A-Za-z0-9]{36}',
  'pypi-[A-Za-z0-9_-]{50,300}',
  'rubygems_[0-9a-f]{48}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,64}',
  // Chat and mail
  'xox[abeoprs]-[A-Za-z0-9-]{10,255}',
  'xapp-[A-Za-z0-9-]{20,255}',
  String.raw`hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9_/-]{20,128}`,
  String.raw`discord(?:app)?\.com\/api\/webhooks\/\d{10,25}\/[A-Za-z0-9_-]{40,128}`,
  String.raw`[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}`,
  String.raw`\d{8,10}:AA[A-Za-z0-9_-]{32,36}`,
  String.raw`SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}`,
  'SK[0-9a-f]{32}',
  'key-[0-9a-f]{32}',
  '[0-9a-f]{32}-us[0-9]{1,2}',
  're_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{20,40}',
  // Money and shops
  '[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}',
  'whsec_[A-Za-z0-9+/=]{20,128}',
  'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}',
  'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}',
  // Models, machines, and what watches them
  'sk-(?=[A-Za-z_-]{0,48}[0-9])[A-Za-z0-9_-]{20,255}',
  'hf_[A-Za-z0-9]{30,64}',
  'do[opr]_v1_[0-9a-f]{64}',
  String.raw`dp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{40,128}`,
  String.raw`hv[sbr]\.[A-Za-z0-9_-]{20,300}`,
  String.raw`[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,80}`,
  'dapi[0-9a-f]{32}',
  'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{30,128}',
  'sbp_[0-9a-f]{40}',
  'pul-[0-9a-f]{40}',
  'AGE-SECRET-KEY-1[0-9A-Z]{58}',
  'NRAK-[A-Z0-9]{27}',
  'gl(?:sa|c)_[A-Za-z0-9_+/=-]{32,300}',
  'sntry[su]_[A-Za-z0-9_+/=-]{40,300}',
  'PMAK-[0-9a-f]{24}-[0-9a-f]{34}',
  'HRKU-[A-Za-z0-9_-]{30,80}',
  // Offices, and this service
  'lin_api_[A-Za-z0-9]{40}',
  'ntn_[A-Za-z0-9]{40,64}',
  'figd_[A-Za-z0-9_-]{40,64}',
  String.raw`pat[A-Za-z0-9]{14}\.[0-9a-f]{64}`,
  'ck_(?:live|test)_[A-Za-z0-9_-]{8,255}',
].join('|')

/** In the order in which they are applied: what needs no name comes last. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    family: 'URL credentials',
    pattern:
      /((?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\/(?:[^\s:@/?#"'`<>]{0,256}:(?=[^\s/"'`<>]{1,256}@))?)(?!\[redacted)(?:(?<=:)[^\s/"'`<>]{1,256}|[^\s:@/?#"'`<>]{16,256})(?=@)/g,
  },
  {
    family: 'authorization',
    pattern: new RegExp(
      String.raw`(authorization(?:${QUOTE})?\s{0,4}(?:[:=]|=>)\s{0,4}(${QUOTE}))${rest(2)}`,
      'gi',
    ),
  },
  {
    family: 'authorization',
    // Its parts are quoted, so its end is that of the line.
    pattern: /(authorization\s{0,4}[:=]\s{0,4}digest\s{1,4})[^\r\n]{1,4096}/gi,
  },
  {
    family: 'authorization',
    pattern:
      /(authorization\s{0,4}[:=]\s{0,4}(?:bearer|basic|digest|token|apikey|negotiate|ntlm|ssws|signature|aws4-hmac-sha256)\s{1,4})[^\r\n"'`]{1,4096}/gi,
  },
  { family: 'authorization', pattern: /(authorization\s{0,4}[:=]\s{0,4})[^\s"'`[]{16,4096}/gi },
  {
    family: 'authorization',
    // Shorter without a scheme, where it is no word.
    pattern: /(authorization\s{0,4}[:=]\s{0,4})(?=[^\s"'`[]{0,16}\d)[^\s"'`[]{8,15}(?![^\s"'`[])/gi,
  },
  { family: 'authorization', pattern: /((?<![a-z])bearer\s{1,4})[a-z0-9._~+/-]{16,4096}={0,2}/gi },
  {
    family: 'cookie',
    pattern: new RegExp(
      String.raw`(cookie2?(?:${QUOTE})?\s{0,4}(?:[:=]|=>)\s{0,4}(${QUOTE}))${rest(2)}`,
      'gi',
    ),
  },
  { family: 'cookie', pattern: /(cookie2?["'`]?\s{0,4}[:=]\s{0,4}\[)(?!\[?redacted)[^\]]{1,4096}/gi },
  { family: 'cookie', pattern: /(cookie2?\s{0,4}:\s{0,4})(?=[^\s"'`=;,]{1,256}=)[^\r\n]{1,4096}/gi },
  {
    family: 'named, quoted',
    pattern: new RegExp(
      String.raw`((?:(?:${NAME})${NAME_END}|(?<![a-z])(?:pass|auth))(?:${QUOTE})?\s{0,4}(?:=>|[:=])\s{0,4}(${QUOTE}))${NO_SECRET}${rest(2)}`,
      'gi',
    ),
  },
  {
    family: 'named',
    pattern: new RegExp(
      String.raw`((?:(?:${NAME})${NAME_END}|[?&]sig)(?:=|>|%3d))${NO_SECRET}${UNQUOTED}`,
      'gi',
    ),
  },
  {
    family: 'named, in prose',
    pattern: new RegExp(
      String.raw`((?:${NAME})${NAME_END}(?:${QUOTE})?\s{0,4}(?:=>|[:=])\s{0,4})${NO_SECRET}${LOOKS_RANDOM}${UNQUOTED}`,
      'gi',
    ),
  },
  {
    family: 'named, in prose',
    // "the password is …": a word that tells of a problem has no digits.
    pattern: new RegExp(
      String.raw`((?:secret|token|passw(?:or)?d|passphrase)\s{1,4}(?:is|was)\s{1,4}(?:${QUOTE})?)${NO_SECRET}(?=[^\s"'\x60&,;<>]{0,128}\d)(?!\d{1,6}\b)[^\s"'\x60&,;<>()[\]{}]{8,256}`,
      'gi',
    ),
  },
  {
    family: 'named, with parts',
    // {"password":{"value":"…"}}, "tokens":["…"]; counts such as {"tokens":{"used":12}} stay.
    pattern: new RegExp(
      String.raw`((?:${NAME})s?(?:${QUOTE})?\s{0,4}(?:=>|[:=])\s{0,4}(?:\{(?=[^}]{0,1024}:\s{0,4}${QUOTE})|\[(?=\s{0,4}${QUOTE})))(?!\[?redacted)[^\]}]{1,4096}`,
      'gi',
    ),
  },
  {
    family: 'command line',
    // ["--password", "…"]
    pattern:
      /((?<!-)--(?:[a-z0-9]{1,20}-){0,3}(?:secret|token|password|passwd|pass|key)["'`]\s{0,4},\s{0,4}["'`])[^\r\n"'`]{1,4096}/gi,
  },
  {
    family: 'command line',
    pattern: new RegExp(
      String.raw`((?<!-)--(?:[a-z0-9]{1,20}-){0,3}(?:secret|token|password|passwd|pass|key)\s{1,4})(?!-)${NO_SECRET}${UNQUOTED}`,
      'gi',
    ),
  },
  {
    family: 'command line',
    // curl -u ann:password; a container's -u 1000:1000 is no password.
    pattern:
      /((?<![\w-])(?:-[uU]|--(?:proxy-)?user)[\s=]{0,4}["']?(?!\d{1,10}:\d)[^\s:"'`\[\]]{1,128}:)(?!\[redacted|\/\/)[^\s"'`]{1,256}/g,
  },
  {
    family: 'command line',
    // mysqldump -pPASSWORD, sshpass -p PASSWORD
    pattern:
      /((?<![\w-])(?:(?:mysql|mariadb)[a-z-]{0,10}\s[^\r\n]{0,256}?(?<=\s)-p|sshpass\s[^\r\n]{0,64}?(?<=\s)-p\s{0,4})["']?)[^\s"'`-][^\s"'`]{0,255}/g,
  },
  {
    family: 'authorization',
    // Digest username="ann", response="…"
    pattern: /((?<![a-z])response\s{0,2}=\s{0,2}["']?)[0-9a-f]{32,128}/gi,
  },
  {
    family: 'command line',
    // sqlplus scott/tiger@orcl, jdbc:oracle:thin:scott/tiger@//db
    pattern:
      /((?:(?:sqlplus|sqlldr|expdp|impdp|rman|connect|conn|userid|login)[\s=]{1,4}|oracle:\w{2,5}:)["']?[A-Za-z][\w$#]{0,63}\/)[^\s/@"'`]{1,64}(?=@)/gi,
  },
  {
    family: 'command line',
    // scott/tiger@//db:1521/orcl, where the address says that it is a database's.
    pattern:
      /((?<![\w/.:@-])[A-Za-z][\w$#]{0,63}\/)[^\s/@"'`]{1,64}(?=@(?:\/\/|\(description|[\w.-]{1,64}:\d{2,5}\/))/gi,
  },
  {
    family: 'JSON web token',
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,8192}(?:\.[A-Za-z0-9_-]{0,4096}){0,3}/g,
  },
  { family: 'token', pattern: new RegExp(`(?<![A-Za-z0-9])(?:${TOKENS})`, 'g') },
]
