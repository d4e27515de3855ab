package com.alphaxiii.polygon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.server.AccessLog;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Log lines go to stderr, each through {@link MaskingLayout}; set up in code, which starts faster
 * than XML.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  // Held here, since the JDK forgets the level of a logger that nobody holds.
  private static final java.util.logging.Logger PARQUET_READER =
      java.util.logging.Logger.getLogger("dev.hardwood");
  private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");

  /** Called by Logback when the first logger is asked for. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(
        appender(context, "%d{HH:mm:ss.SSS} %-5level %logger{20} - %requestId%msg%n%ex"));
    // Its lines are whole in themselves, for programs to read.
    Logger access = context.getLogger(AccessLog.LOGGER);
    access.setAdditive(false);
    access.addAppender(appender(context, "%msg%n"));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> appender(LoggerContext context, String pattern) {
    MaskingLayout layout = new MaskingLayout();
    layout.setContext(context);
    layout.getInstanceConverterMap().put("requestId", RequestIdConverter::new);
    layout.setPattern(pattern);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  /**
   * The level that the settings ask for, else a command's own; a word that is no level becomes one
   * of their problems.
   */
  static String level(Settings settings, String byDefault) {
    return settings.value(
        "LOG_LEVEL",
        text -> {
          String level = text.toUpperCase(Locale.ROOT);
          if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException(
                "'%s' is not a level: use TRACE, DEBUG, INFO, WARN or ERROR".formatted(text));
          }
          return level;
        },
        byDefault);
  }

  /**
   * Applies a level to our own loggers; libraries stay at WARN unless DEBUG or finer is asked for.
   */
  static void apply(String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger("com.alphaxiii.polygon").setLevel(Level.toLevel(level));
    context.getLogger(AccessLog.LOGGER).setLevel(Level.toLevel(level));
    // The Parquet reader tells through the JDK's logging which instructions it uses.
    PARQUET_READER.setLevel(java.util.logging.Level.WARNING);
  }
}
