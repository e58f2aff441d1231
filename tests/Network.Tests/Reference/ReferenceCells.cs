using NoiseGen.CompilerServices;

namespace NoiseGen.Tests.Reference;

/// <summary>The memory cells of one layer in double precision, one cell after the other, straight from the models' formulas.</summary>
internal sealed class ReferenceCells(Stage stage, int index, NeuralNetwork network)
{
    // The tests' own device.
    private const string Shrinking = "Shrinking";

    private readonly DeviceDescription _device = stage.Description.Device!;

    /// <summary>The weights that a pass computes with.</summary>
    /// <param name="weights">The ideal weights.</param>
    /// <param name="pass">The realisation of the evaluation or the training step.</param>
    public double[] Weights(double[] weights, NoiseKey pass) => pass.Evaluation
        ? network.Chip is null ? weights : Evaluated(weights, pass)
        : network.TrainsOnChips ? Trained(weights, ~pass.Draw) : weights;

    // The weights of a chip as an evaluation reads them, with compensation.
    private double[] Evaluated(double[] weights, NoiseKey read)
    {
        double[] largest = Largest(weights);
        var cells = weights.Select((weight, i) => (
            Plus: Cell(network.Chip!.Value, Target(weight, largest[i]), i, isNegative: false, read),
            Minus: Cell(network.Chip!.Value, Target(-weight, largest[i]), i, isNegative: true, read))).ToArray();
        double[] programmed = [.. cells.Select((cell, i) => Math.Abs(cell.Plus.Programmed - cell.Minus.Programmed) * largest[i])];
        double[] aged = [.. cells.Select((cell, i) => Math.Abs(cell.Plus.Aged - cell.Minus.Aged) * largest[i])];
        double[] gains = Gains(programmed, aged);
        return [.. cells.Select((cell, i) => (cell.Plus.Read - cell.Minus.Read) * largest[i] * gains[i / Inputs(weights)])];
    }

    // The weights of a chip that was just programmed, as a training step sees them.
    private double[] Trained(double[] weights, uint chip)
    {
        double[] largest = Largest(weights);
        double Of(double weight, int i, bool isNegative) =>
            Programmed(chip, Target(isNegative ? -weight : weight, largest[i]), i, isNegative);
        return [.. weights.Select((weight, i) => (Of(weight, i, false) - Of(weight, i, true)) * largest[i])];
    }

    private double[] Gains(double[] programmed, double[] aged)
    {
        int inputs = Inputs(programmed);
        DriftCompensation compensation = network.Compensation ?? _device.Compensation;
        double Sum(double[] values, int output) => values.Skip(output * inputs).Take(inputs).Sum();
        return [.. Enumerable.Range(0, programmed.Length / inputs).Select(output => compensation switch
        {
            DriftCompensation.Global => Ratio(programmed.Sum(), aged.Sum()),
            DriftCompensation.PerColumn => Ratio(Sum(programmed, output), Sum(aged, output)),
            _ => 1,
        })];
    }

    private static double Target(double weight, double largest) => largest > 0 ? Math.Max(weight, 0) / largest : 0;

    private static double Ratio(double programmed, double aged) => aged > 0 ? programmed / aged : 1;

    private double[] Largest(double[] weights)
    {
        int inputs = Inputs(weights);
        double Of(int output) => weights.Skip(output * inputs).Take(inputs).Max(Math.Abs);
        double tensor = weights.Max(Math.Abs);
        double[] outputs = [.. Enumerable.Range(0, weights.Length / inputs).Select(output => _device.PerChannel ? Of(output) : tensor)];
        return [.. weights.Select((_, i) => outputs[i / inputs])];
    }

    private int Inputs(double[] weights) => weights.Length / stage.Description.LinearOutput.Channels;

    private double? StuckAt(uint chip, int weight, bool isNegative)
    {
        double number = CellNoise.FaultNumber(chip, index, weight, isNegative ? CellDraw.NegativeFault : CellDraw.PositiveFault);
        return number < network.StuckOff ? 0 : number >= 1.0 - network.StuckOn ? 1 : null;
    }

    private double ProgrammingSample(uint chip, int weight, bool isNegative) => network.ProgrammingScale * CellNoise.ChipSample(
        chip, index, weight, isNegative ? CellDraw.NegativeProgramming : CellDraw.PositiveProgramming);

    private double Programmed(uint chip, double target, int weight, bool isNegative)
    {
        double sample = ProgrammingSample(chip, weight, isNegative);
        return StuckAt(chip, weight, isNegative) ?? Math.Max(0, _device.Device switch
        {
            nameof(Pcm) => target + (0.26348 + 1.9650 * target - 1.1731 * target * target) / 25 * sample,
            nameof(Reram) => target + ReramDeviation(target, 1) * sample,
            Shrinking => target + 0.02 * sample,
            _ => target,
        });
    }

    private (double Programmed, double Aged, double Read) Cell(uint chip, double target, int weight, bool isNegative, NoiseKey read)
    {
        double seconds = network.Age.TotalSeconds, programmed = Programmed(chip, target, weight, isNegative);
        if (StuckAt(chip, weight, isNegative) is { } stuck) return (stuck, stuck, stuck);
        double ageing = CellNoise.ChipSample(chip, index, weight, isNegative ? CellDraw.NegativeAging : CellDraw.PositiveAging);
        double log = Math.Log(Math.Max(target, 1e-7));
        double exponent = Math.Abs(
            Math.Clamp(0.0244 - 0.0155 * log, 0.049, 0.1) + Math.Clamp(-0.0059 - 0.0125 * log, 0.008, 0.045) * ageing);
        double aged = Math.Max(0, _device.Device switch
        {
            nameof(Pcm) => programmed * Math.Pow((seconds + 20) / 20, -exponent * network.DriftScale),
            nameof(Reram) => target + ProgrammingSample(chip, weight, isNegative) * (ReramDeviation(target, 1)
                + network.DriftScale * (ReramDeviation(target, seconds) - ReramDeviation(target, 1))),
            Shrinking => programmed / (1 + seconds / 86400),
            _ => programmed,
        });
        double deviation = _device.Device switch
        {
            nameof(Pcm) => aged * Math.Min(0.0088 / Math.Max(Math.Pow(Math.Max(target, 1e-7), 0.65), 1e-3), 0.2)
                * Math.Sqrt(Math.Log((seconds + 20 + 2.5e-7) / 5e-7)),
            nameof(Ideal) => 0,
            _ => 0.01 * aged,
        };
        CellDraw draw = isNegative ? CellDraw.NegativeReading : CellDraw.PositiveReading;
        return (programmed, aged, Math.Max(0, aged + network.ReadScale * deviation * CellNoise.ReadSample(read, index, weight, draw)));
    }

    private static double ReramDeviation(double target, double seconds)
    {
        double Of(params double[] coefficients) => coefficients.Select((c, i) => c * Math.Pow(target, i)).Sum() / 40;
        double first = Of(0.348, 16.030, -43.853, 45.393, -16.815), day = Of(0.701, 22.086, -50.773, 47.095, -16.458),
            twoDays = Of(0.782, 20.274, -43.507, 37.062, -11.934);
        if (seconds <= 1) return first;
        if (seconds <= 86400) return first + (day - first) * Math.Log(seconds) / Math.Log(86400);
        return seconds >= 172800 ? twoDays : day + (twoDays - day) * Math.Log(seconds / 86400) / Math.Log(2);
    }
}
