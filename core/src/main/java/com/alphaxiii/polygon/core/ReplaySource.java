package com.alphaxiii.polygon.core;

/** What has been recorded or cached, to be played again. Asks no vendor. */
public interface ReplaySource {
  /** Makes a replay ready to play; close it in the end. */
  Replay open(ReplayRequest request);
}
