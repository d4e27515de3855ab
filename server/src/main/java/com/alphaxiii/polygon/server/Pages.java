package com.alphaxiii.polygon.server;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a browser shows: the dashboard and the documentation of the API. All of it comes from this
 * program, nothing from elsewhere, and it holds no data: what it shows it asks the API for.
 */
final class Pages {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String OWN = "pages/";
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Only this program's own scripts, styles and data. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private static final Map<String, String> ASSETS =
      Map.of("dashboard.js", SCRIPT, "dashboard.css", STYLE, "docs.js", SCRIPT);
  private static final Map<String, String> LIBRARY =
      Map.of("swagger-ui-bundle.js", SCRIPT, "swagger-ui.css", STYLE);

  /** Every page; they are open, since a browser cannot send a token before it shows a page. */
  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.openGet("/", call -> page(call, "dashboard.html")),
        Endpoint.openGet("/docs", call -> page(call, "docs.html")),
        Endpoint.openGet(
            "/assets/{file}",
            call -> file(call, ASSETS, name -> Pages.class.getResourceAsStream(OWN + name))),
        Endpoint.openGet(
            "/docs/{file}",
            call ->
                file(
                    call,
                    LIBRARY,
                    name ->
                        Pages.class.getResourceAsStream(SWAGGER + swaggerVersion() + "/" + name))));
  }

  private interface Source {
    @Nullable InputStream open(String name);
  }

  private static Answer page(Call call, String name) {
    call.fields(Set.of()).check();
    return answer(HTML, read(name, Pages.class.getResourceAsStream(OWN + name)), "no-cache");
  }

  private static Answer file(Call call, Map<String, String> known, Source source) {
    String name = call.path().getOrDefault("file", "");
    String type = known.get(name);
    if (type == null) {
      throw new PolygonException.NotFound("There is no file '%s' here".formatted(name), null);
    }
    return answer(type, read(name, source.open(name)), "public, max-age=3600");
  }

  private static Answer answer(String type, byte[] content, String keep) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", keep);
    return new Answer(200, type, headers, out -> out.write(content));
  }

  private static byte[] read(String name, @Nullable InputStream resource) {
    if (resource == null) {
      throw new IllegalStateException(name + " is missing from the program");
    }
    try (resource) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its files lie in a folder that is named for the version. */
  private static String swaggerVersion() {
    try (InputStream in = Pages.class.getResourceAsStream(SWAGGER_POM)) {
      if (in == null) {
        throw new IllegalStateException("Swagger UI is missing from the program");
      }
      Properties pom = new Properties();
      pom.load(in);
      return pom.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
