package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.FlatFiles;
import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.Feature;
import com.alphaxiii.polygon.core.Features;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Settings;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polygon features}: what the key may do. */
@Command(
    name = "features",
    description = "What the key may do, found out by some seventeen small requests once a day.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class FeaturesCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Option(names = "--refresh", description = "Ask anew, even if it is known.")
  private boolean refresh;

  FeaturesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings settings = upstream.settings(context);
    PolygonConfig config = PolygonConfig.from(settings);
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      if (settings.text("POLYGON_S3_ACCESS_KEY").isPresent()
          || settings.text("POLYGON_FLATFILES_URL").isPresent()) {
        settings.text("POLYGON_S3_SECRET_KEY").map(Secret::new).ifPresent(MaskingLayout::mask);
        manager.probeFlatFiles(
            () ->
                FlatFiles.store(
                    settings,
                    config.cacheDir().resolve("downloads"),
                    context.clock(),
                    context.nanoClock()));
      }
      Features features = manager.features(refresh);
      if (!context.terminal()) {
        context.out().println("name,state,detail");
      }
      for (Feature feature : features.features()) {
        context
            .out()
            .println(
                (context.terminal() ? "%-17s %-13s %s" : "%s,%s,\"%s\"")
                    .formatted(
                        feature.name(), feature.state(), feature.detail().replace('"', '\'')));
      }
      context
          .err()
          .println(
              "polygon: key %s, found out at %s; --refresh asks anew"
                  .formatted(
                      features.account(), features.probedAt().truncatedTo(ChronoUnit.SECONDS)));
      return ExitCode.OK;
    }
  }
}
