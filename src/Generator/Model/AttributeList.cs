namespace NoiseGen.Generator.Model;

/// <summary>Picks attributes of one kind.</summary>
internal static class AttributeList
{
    /// <summary>The attributes of a kind, with their index among all.</summary>
    public static IEnumerable<(T Attribute, int Index)> OfKind<T>(this EquatableArray<AttributeDeclaration> attributes)
        where T : AttributeDeclaration
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            if (attributes[i] is T attribute) yield return (attribute, i);
        }
    }
}
