package io.stepwise.asl.model;

/** One state of a definition. */
public sealed interface State
    permits PassState,
        TaskState,
        ChoiceState,
        WaitState,
        SucceedState,
        FailState,
        ParallelState,
        MapState {

  /** Its name, unique in the whole document. */
  String name();

  /** Its type. */
  StateType type();

  /** How data flows through it; the variant tells its query language. */
  DataFlow dataFlow();

  /** The language of its expressions. */
  default QueryLanguage queryLanguage() {
    return dataFlow() instanceof DataFlow.JsonPath ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
  }
}
