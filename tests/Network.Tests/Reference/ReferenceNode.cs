namespace NoiseGen.Tests.Reference;

/// <summary>One operation in its place among the others; −1 is the network's input.</summary>
/// <param name="Input">Number of the node that it reads.</param>
internal abstract class ReferenceNode(int input)
{
    public int Input => input;

    /// <summary>An operation on each image alone.</summary>
    public sealed class Single(Operation operation, int input) : ReferenceNode(input)
    {
        public Operation Operation { get; set; } = operation;
    }

    /// <summary>A batch norm.</summary>
    public sealed class Norm(BatchNormOperation operation, int input) : ReferenceNode(input)
    {
        public BatchNormOperation Operation => operation;
    }

    /// <summary>A quantizer of a learned scale.</summary>
    public sealed class Scale(LearnedScaleOperation operation, int input) : ReferenceNode(input)
    {
        public LearnedScaleOperation Operation => operation;
    }

    /// <summary>A sum, or a concatenation with the other's channels first.</summary>
    public sealed class Merge(MergeKind kind, int input, int other, int otherCount) : ReferenceNode(input)
    {
        public int Other => other;

        public double[] Forward(double[] own, double[] second) =>
            kind == MergeKind.Sum ? [.. own.Zip(second, (x, y) => x + y)] : [.. second, .. own];

        public double[] OwnGradient(double[] dy) => kind == MergeKind.Sum ? dy : dy[otherCount..];

        public double[] OtherGradient(double[] dy) => kind == MergeKind.Sum ? dy : dy[..otherCount];
    }
}
