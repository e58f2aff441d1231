using System.Globalization;

namespace NoiseGen;

// The chip whose memory cells hold the weights of stages with a device.
public abstract partial class NeuralNetwork
{
    /// <summary>
    /// The chip that evaluations compute on: its number decides how its cells deviate from what they were programmed to, how they drift and
    /// which are stuck. A chip is the same for all networks and all ages. Null (the default) means ideal weights.
    /// </summary>
    /// <remarks>It is programmed once for an evaluation of any number of batches. What is read fluctuates from draw to draw.</remarks>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    public uint? Chip
    {
        get => _model.Chips.Number;
        set => Chips.Number = value;
    }

    /// <summary>The time since <see cref="Chip"/> was programmed, at least zero, the default.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public TimeSpan Age
    {
        get => _model.Chips.Age;
        set
        {
            if (value < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(value), value, "The time since a chip was programmed is at least zero.");
            Chips.Age = value;
        }
    }

    /// <summary>
    /// Whether every training step computes on a new chip, with its programming noise and its stuck cells, before any drift and without
    /// read noise. The chips are numbered down from the largest number: step 0 has chip 4294967295. Gradients pass to the weights as if
    /// they were ideal. False by default.
    /// </summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    public bool TrainsOnChips
    {
        get => _model.Chips.AreTrainedOn;
        set => Chips.AreTrainedOn = value;
    }

    /// <summary>
    /// Share of the cells that are stuck at conductance 0, at least 0 (the default); at most 1 together with <see cref="StuckOn"/>. A
    /// larger share adds cells to those that are stuck already. Stuck cells neither drift nor fluctuate.
    /// </summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not such a share.</exception>
    public float StuckOff
    {
        get => _model.Chips.StuckOff;
        set => Chips.StuckOff = CheckedShare(value, _model.Chips.StuckOn, "off");
    }

    /// <summary>Share of the cells stuck at the largest conductance, at least 0 (the default): see <see cref="StuckOff"/>.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not such a share.</exception>
    public float StuckOn
    {
        get => _model.Chips.StuckOn;
        set => Chips.StuckOn = CheckedShare(value, _model.Chips.StuckOff, "on");
    }

    /// <summary>Multiple of the devices' programming noise, at least 0; 1 by default. For sweeps.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float ProgrammingScale
    {
        get => _model.Chips.ProgrammingScale;
        set => Chips.ProgrammingScale = CheckedScale(value, "programming noise");
    }

    /// <summary>Multiple of the devices' drift, at least 0; 1 by default. For sweeps.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float DriftScale
    {
        get => _model.Chips.DriftScale;
        set => Chips.DriftScale = CheckedScale(value, "drift");
    }

    /// <summary>Multiple of the devices' read noise, at least 0; 1 by default. For sweeps.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float ReadScale
    {
        get => _model.Chips.ReadScale;
        set => Chips.ReadScale = CheckedScale(value, "read noise");
    }

    /// <summary>How evaluations make up for drift in all stages; null (the default) for what each stage declares.</summary>
    /// <exception cref="InvalidOperationException">No stage has a <see cref="DeviceAttribute{TDevice}"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such compensation.</exception>
    public DriftCompensation? Compensation
    {
        get => _model.Chips.Compensation;
        set
        {
            if (value is { } compensation && !Enum.IsDefined(compensation))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"Drift compensation is {string.Join(", ", Enum.GetNames<DriftCompensation>())}, or null.");
            }

            Chips.Compensation = value;
        }
    }

    /// <summary>
    /// What <see cref="Chip"/> holds of a stage's weights, in PyTorch's order, as the evaluation of draw 0 reads them, and the factors of
    /// its outputs that make up for drift; null for ideal weights. For an export, which holds the network meanwhile.
    /// </summary>
    internal (float[] Weights, float[] Gains)? ChipWeights(Stage stage)
    {
        if (Chip is null || stage.Description.Device is null) return null;
        return _engine.ChipWeights(Stages.Where(one => one.Description.Linear is not null).Index().First(one => one.Item == stage).Index);
    }

    private ChipSettings Chips => Stages.Any(stage => stage.Description.Device is not null)
        ? _model.Chips
        : throw new InvalidOperationException(
            $"{Description.Name} has no memory devices: declare [Device<Pcm>], on the network or a stage with [Conv2d] or [Dense].");

    private static float CheckedScale(float value, string what) => Setting.IsNotNegative(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The multiple of the {what} is a finite number, at least 0.");

    private static float CheckedShare(float value, float other, string where) => value >= 0f && value + other <= 1f
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), value, string.Create(
                CultureInfo.InvariantCulture,
                $"The share of cells that are stuck {where} is at least 0, and at most {1f - other}: {other} are stuck the other way."));
}
