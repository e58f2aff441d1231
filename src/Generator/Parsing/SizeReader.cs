using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NoiseGen.Generator.Model;

namespace NoiseGen.Generator.Parsing;

/// <summary>
/// Reads numbers from the source of an argument. The compiler evaluates constants before a generator sees them, with the numbers that the
/// placeholders of <see cref="Block"/> have in C#. So only the source shows what the user meant. The user's constants are followed to their
/// declarations.
/// </summary>
internal sealed class SizeReader(Compilation compilation, CancellationToken cancellation)
{
    // Per argument. Nobody writes that many, but constants that are made of constants can amount to millions.
    private const int MostOperations = 200;

    private int _operations;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The number in an argument; null if it has placeholders in unsupported arithmetic.</summary>
    public SizeExpression? Read(ExpressionSyntax argument, int folded)
    {
        if (argument is LiteralExpressionSyntax) return folded;
        _operations = 0;
        return Operation(argument) is { } operation ? Read(operation, folded) : null;
    }

    /// <summary>Whether an argument of any type contains a placeholder.</summary>
    public bool MentionsPlaceholder(ExpressionSyntax argument) =>
        argument is not LiteralExpressionSyntax && Operation(argument) is { } operation && MentionsPlaceholder(operation);

    private SizeExpression? Read(IOperation operation, int? folded = null)
    {
        if (operation.Type?.SpecialType != SpecialType.System_Int32) return WithoutPlaceholder(operation, folded);
        switch (operation)
        {
            case IFieldReferenceOperation { Field: { IsConst: true } field }:
                int? constant = field.ConstantValue as int?;
                return PlaceholderOf(field) ?? (Initializer(field) is { } value ? Read(value, constant) : Stored(constant));

            case IConversionOperation { Operand: { Type.SpecialType: SpecialType.System_Int32 } operand, OperatorMethod: null }:
                return Read(operand, folded);

            case IUnaryOperation { OperatorMethod: null, OperatorKind: UnaryOperatorKind.Plus or UnaryOperatorKind.Minus } unary:
                return Combined(unary.OperatorKind == UnaryOperatorKind.Plus ? '+' : '-', null, unary.Operand, operation, folded);

            case IBinaryOperation { OperatorMethod: null } binary when Symbol(binary.OperatorKind) is { } symbol:
                return Combined(symbol, binary.LeftOperand, binary.RightOperand, operation, folded);

            default:
                return WithoutPlaceholder(operation, folded);
        }
    }

    private SizeExpression? Combined(char symbol, IOperation? left, IOperation right, IOperation whole, int? folded)
    {
        if (!MentionsPlaceholder(whole)) return WithoutPlaceholder(whole, folded);
        if (++_operations > MostOperations) return null;
        SizeExpression? first = left is null ? null : Read(left), second = Read(right);
        return second is null || (left is not null && first is null) ? null : new SizeExpression.Operation(symbol, first, second);
    }

    // Anything that the compiler evaluates to a number is a number. One of a narrower type, such as char, must be converted first.
    private SizeExpression? WithoutPlaceholder(IOperation operation, int? folded) =>
        !MentionsPlaceholder(operation) && (folded ?? operation.ConstantValue.Value as int?) is { } value
            ? new SizeExpression.Constant(value) : null;

    // A constant of another assembly has no source, so placeholders are recognized by their numbers.
    private static SizeExpression? Stored(int? value) => value switch
    {
        null => null,
        Block.Channels => new SizeExpression.Placeholder(IsChannels: true),
        Block.Stride => new SizeExpression.Placeholder(IsChannels: false),
        { } number => number,
    };

    private static char? Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => '+',
        BinaryOperatorKind.Subtract => '-',
        BinaryOperatorKind.Multiply => '*',
        BinaryOperatorKind.Divide => '/',
        BinaryOperatorKind.Remainder => '%',
        _ => null,
    };

    private bool MentionsPlaceholder(IOperation operation)
    {
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        Stack<IOperation> open = new([operation]);
        while (open.Count > 0)
        {
            foreach (IFieldReferenceOperation constant in open.Pop().DescendantsAndSelf().OfType<IFieldReferenceOperation>())
            {
                if (PlaceholderOf(constant.Field) is not null) return true;
                if (seen.Add(constant.Field) && Initializer(constant.Field) is { } value) open.Push(value);
            }
        }

        return false;
    }

    private static SizeExpression.Placeholder? PlaceholderOf(IFieldSymbol field) =>
        AttributeReader.IsNamed(field.ContainingType, nameof(Block)) && field.Name is nameof(Block.Channels) or nameof(Block.Stride)
            ? new(field.Name == nameof(Block.Channels))
            : null;

    // A constant that is defined by itself has no value.
    private IOperation? Initializer(IFieldSymbol field) =>
        field.HasConstantValue && field.DeclaringSyntaxReferences is [var part]
        && part.GetSyntax(Cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value } ? Operation(value) : null;

    private IOperation? Operation(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Operation(inner),
        CheckedExpressionSyntax { Expression: var inner } => Operation(inner),
        { SyntaxTree: var tree } when compilation.ContainsSyntaxTree(tree) =>
            compilation.GetSemanticModel(tree).GetOperation(expression, Cancellation),
        _ => null,
    };
}
