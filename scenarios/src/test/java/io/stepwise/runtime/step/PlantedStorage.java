package io.stepwise.runtime.step;

import io.stepwise.scenario.ForwardingStorage;

/** A store on which collecting a change fails when it was told to. */
final class PlantedStorage extends ForwardingStorage {
  private int putsUntilFailure = -1;

  /** Has one put fail, after that many more. */
  void failAfter(int puts) {
    putsUntilFailure = puts;
  }

  /** Whether the failure has come. */
  boolean hasFailed() {
    return putsUntilFailure < 0;
  }

  @Override
  public Batch newBatch() {
    return new PlantedBatch();
  }

  private final class PlantedBatch extends ForwardingBatch {
    @Override
    public void put(byte[] key, byte[] value) {
      if (putsUntilFailure >= 0 && putsUntilFailure-- == 0) {
        throw new IllegalStateException("planted");
      }
      super.put(key, value);
    }
  }
}
