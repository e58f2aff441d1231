namespace NoiseGen;

/// <summary>Measures what the memory cells of chips do to a network with a <see cref="DeviceAttribute{TDevice}"/>.</summary>
public static class Hardware
{
    private const string Purpose = "a measurement on chips";

    /// <summary>
    /// The accuracy of several chips as they age, with the compensation that the stages declare and without any. Puts the chip, its age and
    /// its compensation back afterwards.
    /// </summary>
    /// <param name="network">A network with at least one memory device.</param>
    /// <param name="test">The data; started anew for each evaluation.</param>
    /// <param name="ages">Times since programming, each at least zero.</param>
    /// <param name="chips">Number of chips, at least 1: chips 0, 1, 2, …, each read once at every age.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The series <c>compensated</c> and <c>uncompensated</c>, over the age in seconds.</returns>
    /// <exception cref="ArgumentException">There are no ages, or the data have targets in place of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An age or the number of chips is not allowed.</exception>
    /// <exception cref="InvalidOperationException">No stage has a device, or another call or thread is using the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static HardwareCurve OverTime(
        NeuralNetwork network, BatchSource test, IReadOnlyList<TimeSpan> ages, int chips = 5, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ages);
        DriftCompensation? declared = network?.Compensation;
        return Measure(network!, test, chips, "age in seconds", cancellation, measure =>
        [
            .. ages.Select(age => measure("compensated", age.TotalSeconds, () => (network!.Age, network.Compensation) = (age, declared))),
            .. ages.Select(age => measure(
                "uncompensated", age.TotalSeconds, () => (network!.Age, network.Compensation) = (age, DriftCompensation.None))),
        ]);
    }

    /// <summary>
    /// The accuracy of several chips as their cells fail, those stuck at conductance 0 and those stuck at the largest one apart. Puts the
    /// chip and both shares back afterwards.
    /// </summary>
    /// <param name="network">A network with at least one memory device.</param>
    /// <param name="test">The data; started anew for each evaluation.</param>
    /// <param name="shares">Shares of the cells, each from 0 to 1.</param>
    /// <param name="chips">Number of chips, at least 1: chips 0, 1, 2, …</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <returns>The series <c>stuck off</c> and <c>stuck on</c>, over the share.</returns>
    /// <exception cref="ArgumentException">There are no shares, or the data have targets in place of labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share or the number of chips is not allowed.</exception>
    /// <exception cref="InvalidOperationException">No stage has a device, or another call or thread is using the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static HardwareCurve OverStuckCells(
        NeuralNetwork network, BatchSource test, IReadOnlyList<float> shares, int chips = 5, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return Measure(network, test, chips, "share of stuck cells", cancellation, measure =>
        [
            .. shares.Select(share => measure("stuck off", share, () => Stick(network, off: share, on: 0f))),
            .. shares.Select(share => measure("stuck on", share, () => Stick(network, off: 0f, on: share))),
        ]);
    }

    private delegate HardwarePoint Measurement(string series, double value, Action set);

    private static HardwareCurve Measure(
        NeuralNetwork network, BatchSource test, int chips, string variable, CancellationToken cancellation,
        Func<Measurement, HardwarePoint[]> points)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfLessThan(chips, 1);
        if (test.Targets > 0)
            throw new ArgumentException(
                $"This is measured by how often classes are told apart; this source has {test.Targets} targets in place of labels.",
                nameof(test));
        using NetworkUse.Reservation use = network.Reserve(Purpose);
        (uint? Chip, TimeSpan Age, DriftCompensation? Compensation, float Off, float On) before = (
            network.Chip, network.Age, network.Compensation, network.StuckOff, network.StuckOn);
        try
        {
            network.Chip = null;
            double ideal = network.Evaluate(test).Accuracy;
            HardwarePoint[] measured = points((series, value, set) =>
            {
                set();
                double[] accuracies = new double[chips];
                for (int chip = 0; chip < chips; chip++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    network.Chip = (uint)chip;
                    accuracies[chip] = network.Evaluate(test, (uint)chip).Accuracy;
                }

                return new HardwarePoint(series, value, accuracies.Average(), SampleDeviation.Of(accuracies), accuracies.Min());
            });
            if (measured.Length == 0) throw new ArgumentException($"There is nothing to measure: give at least one {variable}.");
            return new HardwareCurve(network.Description.Name, variable, chips, ideal, [.. measured]);
        }
        finally
        {
            network.Chip = before.Chip;
            (network.Age, network.Compensation) = (before.Age, before.Compensation);
            Stick(network, before.Off, before.On);
        }
    }

    // One share makes room for the other.
    private static void Stick(NeuralNetwork network, float off, float on)
    {
        network.StuckOff = 0f;
        network.StuckOn = on;
        network.StuckOff = off;
    }
}
