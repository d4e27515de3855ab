package com.alphaxiii.polygon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpResponse;

/** The API document as the server gives it out, used to check what the server says. */
final class ApiDocument {
  private final JsonObject document;

  private ApiDocument(JsonObject document) {
    this.document = document;
  }

  static ApiDocument of(TestServer server) {
    return new ApiDocument(new JsonObject(server.get("/openapi.json").body()));
  }

  JsonObject paths() {
    return document.getJsonObject("paths");
  }

  /** Fails unless an answer is one that the document foretells for this operation. */
  void assertForetells(String method, String path, HttpResponse<String> response) {
    JsonObject responses =
        paths().getJsonObject(path).getJsonObject(method).getJsonObject("responses");
    JsonObject foretold = responses.getJsonObject(Integer.toString(response.statusCode()));
    assertThat(foretold).as("%s %s → %d", method, path, response.statusCode()).isNotNull();
    foretold = resolved(foretold);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    JsonObject content = foretold.getJsonObject("content").getJsonObject(type);
    assertThat(content)
        .as("%s %s → %d as %s", method, path, response.statusCode(), type)
        .isNotNull();
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    if (!type.endsWith("json") || type.endsWith("ndjson")) {
      return;
    }
    assertValid(content.getJsonObject("schema"), response.body());
  }

  void assertMessage(String schema, String text) {
    assertValid(new JsonObject().put("$ref", "#/components/schemas/" + schema), text);
  }

  boolean accepts(String schema, String text) {
    return check(new JsonObject().put("$ref", "#/components/schemas/" + schema), text).getValid();
  }

  private void assertValid(JsonObject schema, String text) {
    OutputUnit result = check(schema, text);
    assertThat(result.getValid()).as("%s%nby %s: %s", text, schema, result.toJson()).isTrue();
  }

  private OutputUnit check(JsonObject schema, String text) {
    JsonObject whole = schema.copy().put("components", document.getJsonObject("components"));
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("app://polygon")
            .setOutputFormat(OutputFormat.Basic);
    return Validator.create(JsonSchema.of(whole), options).validate(new JsonObject(text));
  }

  private JsonObject resolved(JsonObject response) {
    String reference = response.getString("$ref");
    return reference == null
        ? response
        : document
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
  }
}
