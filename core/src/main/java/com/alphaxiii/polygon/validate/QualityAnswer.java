package com.alphaxiii.polygon.validate;

import com.alphaxiii.polygon.core.BarAnswer;

/** What was judged, and how it came out. */
public record QualityAnswer(BarAnswer answer, ValidationReport report) {}
