namespace NoiseGen;

/// <summary>Names what a stage reads, instead of the output of the one before it.</summary>
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
/// Puts the channels of an earlier output before the stage's own, before the activation. Heights and widths must be equal.
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
/// Adds the block's input, before the activation.
/// Where the shapes differ, it goes through a 1×1 convolution without biases and a batch norm first:
/// a stage of its own, <c>Projection</c>, under the policies of this one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResidualAttribute : Attribute;

/// <summary>
/// Declares a block: stages that a network, or another block, uses several times, by <see cref="RepeatAttribute{TBlock}"/>.
/// The generator completes the partial class with a <c>Stage</c> for every property.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// What a block's stages know of the place where it is used.
/// It can stand in every size of a convolution, dense layer or pool and in the numbers of a
/// <see cref="RepeatAttribute{TBlock}"/>, alone or reckoned with:
/// <c>[Conv2d(Block.Channels * 4, 1)]</c>, <c>[Conv2d(Block.Channels / 4, 1)]</c>. A division leaves no remainder, as in C#.
/// </summary>
/// <remarks>
/// The generator reads the arithmetic as it is written.
/// To the compiler these are numbers like others, which the attributes hold: it computes with them, and what it computes is not used.
/// They are large enough not to become 0 where they are divided (30,011 and 1,009 are primes),
/// and small enough for products with numbers up to 70,000 and with each other.
/// </remarks>
public static class Block
{
    /// <summary>The channels that the <see cref="RepeatAttribute{TBlock}"/> gives; the input's where it gives none.</summary>
    public const int Channels = -30_011;

    /// <summary>The stride that the <see cref="RepeatAttribute{TBlock}"/> gives, in its first repetition; 1 in the others.</summary>
    public const int Stride = -1_009;
}

/// <summary>Puts a block in place of a stage, several times one behind the other.</summary>
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
