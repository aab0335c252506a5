package io.stepwise.engine.deliberate;

import io.stepwise.storage.StorageFault;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Breaks every rule of the engine, a method each. Never called. */
public final class Violations {

  /** The methods that are impure. */
  public static final List<String> IMPURE =
      List.of(
          "instant",
          "offsetDateTime",
          "clock",
          "date",
          "nanoTime",
          "environment",
          "mathRandom",
          "random",
          "splittableRandom",
          "threadLocalRandom",
          "uuid",
          "file",
          "future",
          "executor",
          "thread",
          "lock",
          "print",
          "process");

  private Violations() {}

  static StorageFault storage() {
    return new StorageFault("SW-TEST", "");
  }

  static Instant instant() {
    return Instant.now();
  }

  static OffsetDateTime offsetDateTime() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  static Object clock() {
    return Clock.systemUTC();
  }

  @SuppressWarnings("JavaUtilDate")
  static Object date() {
    return new Date();
  }

  static long nanoTime() {
    return System.nanoTime();
  }

  static @Nullable String environment() {
    return System.getenv("HOME");
  }

  static double mathRandom() {
    return Math.random();
  }

  static Object random() {
    return new Random();
  }

  static Object splittableRandom() {
    return new SplittableRandom();
  }

  static int threadLocalRandom() {
    return ThreadLocalRandom.current().nextInt();
  }

  static Object uuid() {
    return UUID.randomUUID();
  }

  static int file() throws IOException {
    try (var in = new FileInputStream("x")) {
      return in.read();
    }
  }

  static Object future() {
    return CompletableFuture.supplyAsync(() -> 1);
  }

  static Object executor() {
    return Executors.newCachedThreadPool();
  }

  static Object thread() {
    return new Thread(() -> {});
  }

  static Object lock() {
    return new ReentrantLock();
  }

  static void print() {
    System.out.println();
  }

  static Object process() {
    return ProcessHandle.current();
  }
}
