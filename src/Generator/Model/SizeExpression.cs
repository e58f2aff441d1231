using System.Globalization;

namespace NoiseGen.Generator.Model;

/// <summary>
/// A number as written: a constant, or arithmetic with the placeholders of <see cref="Block"/>.
/// Without Roslyn types, and with value equality.
/// </summary>
internal abstract record SizeExpression
{
    private SizeExpression() { }

    public static implicit operator SizeExpression(int value) => new Constant(value);

    /// <summary>The first placeholder in it; null if there is none.</summary>
    public abstract Placeholder? FirstPlaceholder { get; }

    /// <summary>
    /// The value for given placeholders, by C#'s rules: division discards the remainder. Null if it exceeds 32 bits or a divisor is 0.
    /// </summary>
    public int? Value(int channels, int stride) =>
        Exact(channels, stride) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    // Operands have 32 bits, so 64 bits hold the result.
    private protected abstract long? Exact(int channels, int stride);

    /// <summary>The expression as C# code.</summary>
    public sealed override string ToString() => Text;

    private protected abstract string Text { get; }

    public sealed record Constant(int Number) : SizeExpression
    {
        public override Placeholder? FirstPlaceholder => null;

        private protected override string Text => Number.ToString(CultureInfo.InvariantCulture);

        private protected override long? Exact(int channels, int stride) => Number;
    }

    /// <summary><see cref="Block.Channels"/> or <see cref="Block.Stride"/>.</summary>
    public sealed record Placeholder(bool IsChannels) : SizeExpression
    {
        public override Placeholder? FirstPlaceholder => this;

        private protected override string Text =>
            IsChannels ? $"{nameof(Block)}.{nameof(Block.Channels)}" : $"{nameof(Block)}.{nameof(Block.Stride)}";

        private protected override long? Exact(int channels, int stride) => IsChannels ? channels : stride;
    }

    /// <summary>A sign or a binary operation.</summary>
    /// <param name="Operator">One of C#'s operators + - * / %.</param>
    /// <param name="Left">Null for a sign.</param>
    public sealed record Operation(char Operator, SizeExpression? Left, SizeExpression Right) : SizeExpression
    {
        public override Placeholder? FirstPlaceholder => Left?.FirstPlaceholder ?? Right.FirstPlaceholder;

        private protected override string Text =>
            Left is null ? $"{Operator}{Operand(Right)}" : $"{Operand(Left)} {Operator} {Operand(Right)}";

        private protected override long? Exact(int channels, int stride)
        {
            if ((Left is null ? 0 : Left.Value(channels, stride)) is not { } left) return null;
            if (Right.Value(channels, stride) is not { } right) return null;
            return Operator switch
            {
                '+' => (long)left + right,
                '-' => (long)left - right,
                '*' => (long)left * right,
                '/' => right == 0 ? null : (long)left / right,
                _ => right == 0 ? null : (long)left % right,
            };
        }

        private static string Operand(SizeExpression operand) => operand is Operation ? $"({operand})" : operand.ToString();
    }
}
