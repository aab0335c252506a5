package io.stepwise.storage;

class InMemoryStorageTest extends StorageContractTest {

  @Override
  protected Storage open() {
    return new InMemoryStorage();
  }

  @Override
  protected Storage reopen() {
    throw new IllegalStateException("Expected nobody to open a store in memory again");
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}
