package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.core.Topic;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What a client says on the stream: one JSON object a frame. */
final class ActionFrames {
  /** Topics in one frame, in characters; the vendor takes a megabyte. */
  private static final int MAX_PARAMS = 60 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private ActionFrames() {}

  static String auth(Secret key) {
    return frame("auth", key.reveal());
  }

  static List<String> subscribe(Collection<Topic> topics) {
    return frames("subscribe", topics);
  }

  static List<String> unsubscribe(Collection<Topic> topics) {
    return frames("unsubscribe", topics);
  }

  private static List<String> frames(String action, Collection<Topic> topics) {
    List<String> frames = new ArrayList<>();
    StringBuilder params = new StringBuilder();
    for (Topic topic : topics) {
      String text = topic.vendorName();
      if (params.length() + 1 + text.length() > MAX_PARAMS) {
        frames.add(frame(action, params.toString()));
        params.setLength(0);
      }
      if (!params.isEmpty()) {
        params.append(',');
      }
      params.append(text);
    }
    if (!params.isEmpty()) {
      frames.add(frame(action, params.toString()));
    }
    return frames;
  }

  private static String frame(String action, String params) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      generator.writeStringProperty("action", action);
      generator.writeStringProperty("params", params);
      generator.writeEndObject();
    }
    return text.toString();
  }
}
