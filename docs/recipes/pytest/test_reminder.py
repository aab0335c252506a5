"""An example of tests on a virtual clock."""

REMINDER = {
    "StartAt": "AWeek",
    "States": {
        "AWeek": {"Type": "Wait", "Seconds": 7 * 24 * 3600, "Next": "Remind"},
        "Remind": {"Type": "Pass", "Result": {"reminded": True}, "End": True},
    },
}


def test_reminds_after_a_week(stepwise):
    execution = stepwise.run(REMINDER)

    assert execution["status"] == "SUCCEEDED"
    assert (execution["stopDate"] - execution["startDate"]).days == 7


def test_starts_empty(stepwise):
    assert stepwise.client.list_state_machines()["stateMachines"] == []
