package com.alphaxiii.polygon.core;

/** The parts of a US equity trading day: 04:00–09:30, 09:30–16:00, 16:00–20:00 New York time. */
public enum Session {
  PRE,
  REGULAR,
  POST
}
