using System.Globalization;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Graph;

/// <summary>
/// Decides which weights and activations are quantized. The nearest policy wins as a whole: a stage's replaces the network's.
/// </summary>
internal sealed class QuantizationPolicy
{
    private const int MaxBits = 16; // 2^16 levels and their rounding are exact in single precision

    private static readonly QuantizeAttribute s_defaults = new();

    private readonly AttributeDeclaration.Quantize? _network;
    private readonly ProblemList _problems;

    private QuantizationPolicy(AttributeDeclaration.Quantize? network, ProblemList problems) => (_network, _problems) = (network, problems);

    /// <summary>The quantizer of a stage's weights; only linear operations have weights.</summary>
    public static WeightQuantizerNode? Weights(AttributeDeclaration.Quantize? policy, StageOperations stage) =>
        policy is not null && stage.Linear is { } linear
        ? new(policy.WeightBits ?? policy.Bits, PerChannel(policy.Weights, linear))
        : null;

    /// <summary>The quantizer of a stage's activations; unsigned if they are never negative.</summary>
    public static ActivationQuantizerNode? Activations(AttributeDeclaration.Quantize? policy, StageOperations stage) =>
        policy is not null && stage.Activation is { } activation
        ? new(policy.ActivationBits ?? policy.Bits, policy.Scale ?? s_defaults.Scale, activation.Operation.IsSigned,
            policy.Activations == ActivationScaling.Learned)
        : null;

    /// <param name="inheriting">Whether some stage with weights uses the network's policy because neither it nor its block has one.</param>
    public static QuantizationPolicy Of(NetworkDeclaration declaration, bool inheriting, ProblemList problems)
    {
        AttributeDeclaration.Quantize? network = null;
        foreach ((AttributeDeclaration.Quantize policy, int index) in declaration.Attributes.OfKind<AttributeDeclaration.Quantize>())
        {
            Checks checks = new(policy, argument => new(Place.Network, index, argument), $"Network '{declaration.Class.Name}'", problems);
            checks.Ranges();
            if (inheriting) checks.Weights();
            network = policy;
        }

        return new QuantizationPolicy(network, problems);
    }

    /// <summary>Whether attributes say anything about quantization.</summary>
    public static bool Decide(EquatableArray<AttributeDeclaration> attributes) =>
        attributes.Any(attribute => attribute is AttributeDeclaration.Quantize or AttributeDeclaration.NoQuantize);

    /// <summary>
    /// The policy of a stage: its own, else that of the property that repeats its block, the block's, or the network's; null if it is not
    /// quantized.
    /// </summary>
    /// <param name="attributes">The stage's attributes.</param>
    public AttributeDeclaration.Quantize? OfStage(StageOperations stage, EquatableArray<AttributeDeclaration> attributes)
    {
        StageScope scope = stage.Scope;
        bool isOwn = Decide(attributes);
        AttributeDeclaration.Quantize? policy = isOwn ? Own(stage, attributes) : _network;
        if (!isOwn && scope.Policies.FirstOrDefault(Decide) is { Count: > 0 } inherited)
        {
            policy = inherited.OfKind<AttributeDeclaration.Quantize>().FirstOrDefault().Item1;
            if (policy is not null)
            {
                Checks checks = new(policy, _ => scope.Use!.Value, $"The block of stage '{stage.Name}'", _problems);
                checks.Ranges();
                if (stage.Linear is not null) checks.Weights();
            }
        }

        if (policy is not null && stage.Activation is { } activation && activation.Operation.IsSigned && (
            policy.ActivationBits ?? policy.Bits) == 1)
            _problems.Add(DiagnosticIds.OneBitActivations, PlaceOfActivationBits(policy, stage, attributes), stage.Name, activation.Kind);
        return policy;
    }

    // In the stage's own attribute if it has one; otherwise at the stage's name, since an inherited policy may suit other stages.
    private static Place PlaceOfActivationBits(
        AttributeDeclaration.Quantize policy, StageOperations stage, EquatableArray<AttributeDeclaration> attributes)
    {
        string argument = policy.ActivationBits is null ? nameof(QuantizeAttribute.Bits) : nameof(QuantizeAttribute.ActivationBits);
        (AttributeDeclaration.Quantize? own, int index) = attributes.OfKind<AttributeDeclaration.Quantize>().FirstOrDefault();
        return own is null ? stage.Scope.At(stage.Index, -1, null) : stage.Scope.At(stage.Index, index, argument);
    }

    private AttributeDeclaration.Quantize? Own(StageOperations stage, EquatableArray<AttributeDeclaration> attributes)
    {
        (AttributeDeclaration.Quantize? own, int index) = attributes.OfKind<AttributeDeclaration.Quantize>().FirstOrDefault();
        (AttributeDeclaration.NoQuantize? none, int other) = attributes.OfKind<AttributeDeclaration.NoQuantize>().FirstOrDefault();
        if (own is not null && none is not null)
            _problems.Add(DiagnosticIds.QuantizeAndNoQuantize, stage.Scope.At(stage.Index, other, null), stage.Name);
        if (own is null) return null;

        Checks checks = new(own, argument => stage.Scope.At(stage.Index, index, argument), $"Stage '{stage.Name}'", _problems);
        checks.Ranges();
        if (stage.Linear is not null) checks.Weights();
        if (stage.Linear is null && stage.Activation is null)
            _problems.Add(DiagnosticIds.NothingToQuantize, stage.Scope.At(stage.Index, index, null), stage.Name);
        return own;
    }

    /// <summary>Whether each output channel has a largest weight of its own.</summary>
    public static bool PerChannel(WeightScaling scaling, LinearNode linear) => scaling switch
    {
        WeightScaling.PerChannel => true,
        WeightScaling.PerTensor => false,
        _ => linear is LinearNode.Conv2d,
    };

    /// <summary>The checks of one attribute.</summary>
    private readonly struct Checks(AttributeDeclaration.Quantize policy, Func<string, Place> place, string owner, ProblemList problems)
    {
        public void Ranges()
        {
            Bits(policy.Bits, nameof(QuantizeAttribute.Bits));
            if (policy.WeightBits is { } weights) Bits(weights, nameof(QuantizeAttribute.WeightBits));
            if (policy.ActivationBits is { } activations) Bits(activations, nameof(QuantizeAttribute.ActivationBits));

            if (policy.Scale is { } scale && (!(scale > 0f) || float.IsInfinity(scale * Range(policy.ActivationBits ?? policy.Bits))))
                Report(DiagnosticIds.Scale, nameof(QuantizeAttribute.Scale), owner, scale.ToString("R", CultureInfo.InvariantCulture));
            if (policy.Activations is not (ActivationScaling.Constant or ActivationScaling.Learned))
                Report(DiagnosticIds.UnknownActivationScaling, nameof(QuantizeAttribute.Activations), owner, (int)policy.Activations);
            if (policy is { Activations: ActivationScaling.Learned, Scale: not null })
                Report(DiagnosticIds.ScaleAndLearned, nameof(QuantizeAttribute.Scale), owner);
            if (policy.Weights is < WeightScaling.ByLayer or > WeightScaling.PerChannel)
                Report(DiagnosticIds.UnknownScaling, nameof(QuantizeAttribute.Weights), owner, (int)policy.Weights);
        }

        public void Weights()
        {
            if ((policy.WeightBits ?? policy.Bits) == 1)
                Report(DiagnosticIds.OneBitWeights,
                    policy.WeightBits is null ? nameof(QuantizeAttribute.Bits) : nameof(QuantizeAttribute.WeightBits), owner);
        }

        // The ratio of the largest value to the scale, as in ActivationQuantizer; also for an invalid number of bits.
        private static float Range(int bits) => bits == 4 ? 15 : 1 << Math.Max(0, Math.Min(bits, MaxBits));

        private void Bits(int bits, string argument)
        {
            if (bits is < 1 or > MaxBits) Report(DiagnosticIds.Bits, argument, owner, argument, bits, MaxBits);
        }

        private void Report(string id, string argument, params object[] arguments) => problems.Add(id, place(argument), arguments);
    }
}
