package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.core.VendorSource;
import java.util.concurrent.CancellationException;
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
    while (true) {
      CompletableFuture<VendorReply> mine = new CompletableFuture<>();
      CompletableFuture<VendorReply> other = asked.putIfAbsent(target, mine);
      if (other == null) {
        return askNow(target, mine);
      }
      try {
        return other.join();
      } catch (CancellationException e) {
        // Whoever asked was stopped, which is no answer to us.
      } catch (CompletionException e) {
        if (e.getCause() instanceof PolygonException reason) {
          throw reason;
        }
        throw e;
      }
    }
  }

  private VendorReply askNow(String target, CompletableFuture<VendorReply> mine) {
    try {
      VendorReply reply = source.ask(target);
      asked.remove(target, mine);
      mine.complete(reply);
      return reply;
    } catch (RuntimeException | Error e) {
      asked.remove(target, mine);
      if (Thread.currentThread().isInterrupted()) {
        mine.cancel(false);
      } else {
        mine.completeExceptionally(e);
      }
      throw e;
    }
  }
}
