namespace NoiseGen;

/// <summary>Names what a stage reads instead of the output of the previous one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromAttribute : Attribute
{
    /// <summary>The network's input; in a block, the block's.</summary>
    public FromAttribute() { }

    /// <summary>An earlier stage's output.</summary>
    /// <param name="stage">An earlier stage of the same class, by <c>nameof</c>.</param>
    public FromAttribute(string stage) => Stage = stage;

    /// <summary>The earlier stage; null for the input of the network or block.</summary>
    public string? Stage { get; }
}

/// <summary>Adds an earlier output, element by element, before the activation. The shapes must be equal.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddAttribute : Attribute
{
    /// <summary>The network's input; in a block, the block's.</summary>
    public AddAttribute() { }

    /// <summary>An earlier stage's output.</summary>
    /// <param name="stage">An earlier stage of the same class, by <c>nameof</c>.</param>
    public AddAttribute(string stage) => Stage = stage;

    /// <summary>The earlier stage; null for the input of the network or block.</summary>
    public string? Stage { get; }
}

/// <summary>
/// Concatenates the channels of an earlier output and those of the stage, in this order, before the activation. Heights and widths must be
/// equal.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConcatAttribute : Attribute
{
    /// <summary>The network's input; in a block, the block's.</summary>
    public ConcatAttribute() { }

    /// <summary>An earlier stage's output.</summary>
    /// <param name="stage">An earlier stage of the same class, by <c>nameof</c>.</param>
    public ConcatAttribute(string stage) => Stage = stage;

    /// <summary>The earlier stage; null for the input of the network or block.</summary>
    public string? Stage { get; }
}

/// <summary>
/// Adds the block's input, before the activation. If the shapes differ, it first passes through a 1×1 convolution without biases and a
/// batch norm: a separate stage, <c>Projection</c>, under the policies of this one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResidualAttribute : Attribute;

/// <summary>
/// Declares a block: stages that a network, or another block, uses several times with <see cref="RepeatAttribute{TBlock}"/>.
/// The generator completes the partial class with a <c>Stage</c> per property.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// Placeholders for the values that depend on where a block is used. Both are allowed in every size of a convolution, dense layer or pool
/// and in the numbers of a <see cref="RepeatAttribute{TBlock}"/>, alone or in arithmetic: <c>[Conv2d(Block.Channels * 4, 1)]</c>,
/// <c>[Conv2d(Block.Channels / 4, 1)]</c>. Division drops the remainder, as in C#.
/// </summary>
/// <remarks>
/// The generator reads the arithmetic from the source. To the compiler these are ordinary constants: it computes with them, but its results
/// are not used. They are large enough not to become 0 when divided (30,011 and 1,009 are primes), and small enough for products with
/// numbers up to 70,000 and with each other.
/// </remarks>
public static class Block
{
    /// <summary>The channels that the <see cref="RepeatAttribute{TBlock}"/> gives; the input's channels if it gives none.</summary>
    public const int Channels = -30_011;

    /// <summary>
    /// The stride that the <see cref="RepeatAttribute{TBlock}"/> gives, in its first repetition; 1 in the following ones.
    /// </summary>
    public const int Stride = -1_009;
}

/// <summary>Inserts a block in place of a stage, several times in sequence.</summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RepeatAttribute<TBlock> : Attribute
{
    /// <param name="count">Repetitions, at least 1.</param>
    public RepeatAttribute(int count = 1) => Count = count;

    /// <summary>Repetitions.</summary>
    public int Count { get; }

    /// <summary>What <see cref="Block.Channels"/> stands for, at least 1; the input's channels when not given.</summary>
    public int Channels { get; set; }

    /// <summary>What <see cref="Block.Stride"/> stands for in the first repetition, at least 1; 1 when not given.</summary>
    public int Stride { get; set; } = 1;
}
