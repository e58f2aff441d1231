namespace NoiseGen.Storage;

/// <summary>The values of a stage's quantizers in files: bits and constant scales. A file without them leaves them unchanged.</summary>
internal static class StoredQuantizers
{
    public static IEnumerable<StoredTensor> Of(Stage stage)
    {
        if (stage.Description.WeightQuantizer is not null) yield return new WeightBits(stage);
        if (stage.Description.ActivationQuantizer is null) yield break;
        var bits = new ActivationBits(stage);
        yield return bits;
        yield return new Scale(stage, bits);
    }

    private abstract class Bits(string path) : StoredTensor(path, [])
    {
        public override bool MayBeMissing => true;

        public override ReadOnlySpan<float> Values => new float[] { Current };

        protected abstract int Current { get; }

        protected abstract string Allowed { get; }

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!float.IsInteger(loaded[0]) || !IsAllowed((int)loaded[0]))
                throw new CheckpointException(
                    file, FormattableString.Invariant($"tensor '{Name}' has the value {loaded[0]}; {Allowed} bits, or 0, are expected"));
        }

        protected abstract bool IsAllowed(int bits);
    }

    private sealed class WeightBits(Stage stage) : Bits($"{stage.Name}.weight_quantizer.bits")
    {
        protected override int Current => stage.WeightQuantizer.Bits;

        protected override string Allowed => $"2 … {QuantizerBits.Most}";

        public override void Restore(float[] loaded) => stage.WeightQuantizer.Bits = (int)loaded[0];

        protected override bool IsAllowed(int bits) => WeightQuantizer.IsBits(bits);
    }

    private sealed class ActivationBits(Stage stage) : Bits($"{stage.Name}.quantizer.bits")
    {
        private readonly ActivationQuantizerDescription _description = stage.Quantizer.Description;

        /// <summary>The bits in the file, once they have been checked.</summary>
        public int Asked { get; private set; } = stage.Quantizer.Bits;

        protected override int Current => stage.Quantizer.Bits;

        protected override string Allowed => $"{(_description.Signed ? 2 : 1)} … {QuantizerBits.Most}";

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            base.Check(loaded, file, options);
            Asked = (int)loaded[0];
        }

        public override void Restore(float[] loaded) => stage.Quantizer.Restore((int)loaded[0]);

        protected override bool IsAllowed(int bits) => ActivationQuantizer.IsBits(bits, _description);
    }

    // A learned scale is stored only while it is held. It is checked after the bits, because both together give the range.
    private sealed class Scale(Stage stage, ActivationBits bits) : StoredTensor($"{stage.Name}.quantizer.scale", [])
    {
        public override bool MayBeMissing => true;

        public override bool IsKnown => !stage.Quantizer.IsLearned;

        public override ReadOnlySpan<float> Values => new float[] { stage.Quantizer.Scale };

        public override void Check(float[] loaded, string file, LoadOptions options)
        {
            if (!ActivationQuantizer.IsScale(loaded[0], bits.Asked))
                throw new CheckpointException(
                    file, $"tensor '{Name}' has the value {loaded[0]}; a scale above 0 with a finite range is expected");
        }

        public override void Restore(float[] loaded) => stage.Quantizer.Restore(loaded[0]);
    }
}
