/** The line a site puts into its pages. */
export function scriptTag(baseUrl: string, key: string): string {
  return `<script async src="${baseUrl}/widget.js" data-key="${key}"></script>`;
}

export const sampleLanguages = ['Node', 'PHP', 'Java', 'Python'] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

/** All four sign the same bytes: compact JSON of [userId, name, email, expiresAt], nothing escaped that need not be. */
export const serverSamples: Record<SampleLanguage, string> = {
  Node: `import { createHmac } from 'node:crypto';

function yingdaIdentity(user) {
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  const signed = JSON.stringify([user.id, user.name, user.email, expiresAt]);
  const signature = createHmac('sha256', process.env.YINGDA_SECRET).update(signed).digest('hex');
  return { userId: user.id, name: user.name, email: user.email, expiresAt, signature };
}`,
  PHP: `function yingda_identity(array $user): array {
    $expiresAt = time() + 3600;
    $signed = json_encode(
        [$user['id'], $user['name'], $user['email'], $expiresAt],
        JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_LINE_TERMINATORS
    );
    $signature = hash_hmac('sha256', $signed, getenv('YINGDA_SECRET'));
    return [
        'userId' => $user['id'], 'name' => $user['name'], 'email' => $user['email'],
        'expiresAt' => $expiresAt, 'signature' => $signature,
    ];
}`,
  Java: `// com.fasterxml.jackson.databind.ObjectMapper, javax.crypto.*, java.util.*
static Map<String, Object> yingdaIdentity(User user) throws Exception {
  long expiresAt = System.currentTimeMillis() / 1000 + 3600;
  String signed = new ObjectMapper()
      .writeValueAsString(List.of(user.id(), user.name(), user.email(), expiresAt));
  Mac mac = Mac.getInstance("HmacSHA256");
  byte[] secret = System.getenv("YINGDA_SECRET").getBytes(StandardCharsets.UTF_8);
  mac.init(new SecretKeySpec(secret, "HmacSHA256"));
  String signature = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  return Map.of("userId", user.id(), "name", user.name(), "email", user.email(),
      "expiresAt", expiresAt, "signature", signature);
}`,
  Python: `import hashlib, hmac, json, os, time

def yingda_identity(user):
    expires_at = int(time.time()) + 3600
    signed = json.dumps([user.id, user.name, user.email, expires_at],
                        separators=(",", ":"), ensure_ascii=False)
    signature = hmac.new(os.environ["YINGDA_SECRET"].encode(), signed.encode(),
                         hashlib.sha256).hexdigest()
    return {"userId": user.id, "name": user.name, "email": user.email,
            "expiresAt": expires_at, "signature": signature}`,
};

/** What the page does with the answer of its server; works before and after the widget has loaded. */
export const pageSample = `<script>
  window.yingda = window.yingda || [];
  yingda.push(['identify', {
    userId: '42', name: 'Li Wei', email: 'liwei@example.com',
    expiresAt: 1767225600, signature: '…'
  }]);
</script>`;
