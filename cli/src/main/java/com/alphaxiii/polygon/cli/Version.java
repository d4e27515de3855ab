package com.alphaxiii.polygon.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the jar that runs. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"polygon " + text() + " (Java " + Runtime.version() + ")"};
  }

  /** The version alone; {@code development} when run from classes instead of a jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
