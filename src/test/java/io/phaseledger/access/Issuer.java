package io.phaseledger.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** An issuer of OpenID Connect tokens with a discovery document and keys that can be changed. */
public final class Issuer implements QuarkusTestResourceLifecycleManager {

    static final String AUDIENCE = "https://phase-ledger.test";
    static final String PROCESSORS = "processors@pipeline.iam.gserviceaccount.com";
    static final String DASHBOARD = "dashboard@pipeline.iam.gserviceaccount.com";

    private static final int KEY_BITS = 2048;

    /** The test's and the resource's class loaders differ; what they share is in here. */
    private static volatile RsaJsonWebKey key = newKey("first");

    private static volatile String url = "";

    private @Nullable HttpServer server;

    static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey made = RsaJwkGenerator.generateJwk(KEY_BITS);
            made.setKeyId(id);
            made.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            made.setUse("sig");
            return made;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on tokens are signed with another key, which alone is published. */
    static void rotate(String id) {
        key = newKey(id);
    }

    static JwtClaims claims(String email) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(url);
        claims.setAudience(AUDIENCE);
        claims.setSubject("1234567890");
        claims.setClaim("email", email);
        claims.setClaim("email_verified", true);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        return claims;
    }

    static String token(String email) {
        return signed(claims(email), key);
    }

    static String signed(JwtClaims claims) {
        return signed(claims, key);
    }

    static String signed(JwtClaims claims, RsaJsonWebKey by) {
        JsonWebSignature token = unsigned(claims, by.getKeyId(), AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKey(by.getPrivateKey());
        return serialized(token);
    }

    /** With no signature at all. */
    static String unsigned(JwtClaims claims) {
        JsonWebSignature token = unsigned(claims, key.getKeyId(), AlgorithmIdentifiers.NONE);
        token.setAlgorithmConstraints(AlgorithmConstraints.ALLOW_ONLY_NONE);
        return serialized(token);
    }

    /** With the public key used as if it were a shared secret. */
    static String confused(JwtClaims claims) {
        JsonWebSignature token = unsigned(claims, key.getKeyId(), AlgorithmIdentifiers.HMAC_SHA256);
        token.setKey(new HmacKey(key.getPublicKey().getEncoded()));
        return serialized(token);
    }

    private static JsonWebSignature unsigned(JwtClaims claims, String keyId, String algorithm) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKeyIdHeaderValue(keyId);
        token.setAlgorithmHeaderValue(algorithm);
        return token;
    }

    private static String serialized(JsonWebSignature token) {
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        HttpServer started = started();
        server = started;
        url = "http://127.0.0.1:" + started.getAddress().getPort();
        return Map.ofEntries(
                Map.entry("quarkus.oidc.auth-server-url", url),
                Map.entry("quarkus.oidc.tenant-enabled", "true"),
                Map.entry("quarkus.oidc.token.audience", AUDIENCE),
                Map.entry("phase-ledger.auth.grants.processors.subject", PROCESSORS),
                Map.entry("phase-ledger.auth.grants.processors.scopes", "record,read"),
                Map.entry("phase-ledger.auth.grants.processors.phases", "phase4"),
                Map.entry("phase-ledger.auth.grants.dashboard.subject", DASHBOARD),
                Map.entry("phase-ledger.auth.grants.dashboard.scopes", "read"),
                Map.entry("phase-ledger.auth.grants.robot.claim", "sub"),
                Map.entry("phase-ledger.auth.grants.robot.subject", "robot-17"),
                Map.entry("phase-ledger.auth.grants.robot.scopes", "operate"));
    }

    private static HttpServer started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/.well-known/openid-configuration", Issuer::discovery);
            server.createContext("/keys", Issuer::keys);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void discovery(HttpExchange exchange) throws IOException {
        answer(exchange, """
                {"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/none","token_endpoint":"%s/none",
                 "id_token_signing_alg_values_supported":["RS256"]}""".formatted(url, url, url, url));
    }

    private static void keys(HttpExchange exchange) throws IOException {
        answer(exchange, new JsonWebKeySet(List.of(key)).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
