package io.stepwise.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Addresses of hosts by their names, looked up on threads of their own: a lookup may take many
 * seconds, the JVM holds a thread for each, and a loop that served others would stand still.
 *
 * <p>One lookup for a name, whoever asks for it meanwhile. Limits: {@value #LOOKUPS_MAX} names at
 * once; an address found is used for {@value #TRUST_SECONDS} s.
 */
final class HostNames implements AutoCloseable {
  private static final int LOOKUPS_MAX = 64;
  private static final long TRUST_SECONDS = 20;

  private final Resolver resolver;
  private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          LOOKUPS_MAX,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("lookup-", 1).factory());

  /** Finds an address, however long that takes. */
  interface Resolver {
    InetAddress resolve(String host) throws UnknownHostException;
  }

  HostNames(Resolver resolver) {
    this.resolver = resolver;
  }

  private record Lookup(CompletableFuture<InetAddress> done, long sinceNanos) {
    boolean isFresh() {
      return !done.isDone()
          || (!done.isCompletedExceptionally()
              && System.nanoTime() - sinceNanos < TimeUnit.SECONDS.toNanos(TRUST_SECONDS));
    }
  }

  /** The address; fails with {@link UnknownHostException} where there is none. */
  CompletableFuture<InetAddress> lookUp(String host) {
    var known = lookups.get(host);
    if (known != null && known.isFresh()) {
      return known.done();
    }
    var begun = new CompletableFuture<InetAddress>();
    var next = new Lookup(begun, System.nanoTime());
    var kept = lookups.merge(host, next, (old, mine) -> old.isFresh() ? old : mine);
    if (kept == next) {
      begin(host, begun);
    }
    return kept.done();
  }

  private void begin(String host, CompletableFuture<InetAddress> begun) {
    // Failures are forgotten at once: the next call asks again.
    begun.whenComplete(
        (found, failure) -> {
          if (failure != null || lookups.size() > 10 * LOOKUPS_MAX) {
            lookups.remove(host);
          }
        });
    try {
      threads.execute(
          () -> {
            try {
              begun.complete(resolver.resolve(host));
            } catch (UnknownHostException e) {
              begun.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
              begun.completeExceptionally(e);
              throw e;
            }
          });
    } catch (RejectedExecutionException e) {
      begun.completeExceptionally(
          new UnknownHostException("Too many names are being looked up to look up " + host));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
