package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.core.VendorSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Lets everybody who asks the same while it is being asked have the one answer. */
final class SharedAnswers implements VendorSource {
  private final VendorSource source;
  private final ConcurrentHashMap<String, CompletableFuture<VendorReply>> asked =
      new ConcurrentHashMap<>();

  SharedAnswers(VendorSource source) {
    this.source = source;
  }

  @Override
  public VendorReply ask(String target) {
    CompletableFuture<VendorReply> mine = new CompletableFuture<>();
    CompletableFuture<VendorReply> other = asked.putIfAbsent(target, mine);
    if (other != null) {
      return await(other);
    }
    try {
      VendorReply reply = source.ask(target);
      mine.complete(reply);
      return reply;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      asked.remove(target, mine);
    }
  }

  private static VendorReply await(CompletableFuture<VendorReply> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PolygonException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
