package com.alphaxiii.polygon.cli;

/** The class path of the tests, for processes and compilers that they start. */
final class ClassPath {
  private ClassPath() {}

  static String ofTests() {
    // Surefire starts the JVM with a jar that only points to the class path.
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }
}
