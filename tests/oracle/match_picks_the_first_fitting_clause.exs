Code.require_file("support/oracle.ex", __DIR__)

area = fn shape ->
  case shape do
    {:square, side} -> side * side
    {:rectangle, width, height} -> width * height
    %{kind: :circle, radius: radius} -> radius * 3
    {} -> "empty"
    n when is_number(n) -> n
    _ -> "unknown"
  end
end

Oracle.show("square", area.({:square, 3}))
Oracle.show("rectangle", area.({:rectangle, 2, 5}))
Oracle.show("map with more keys", area.(%{kind: :circle, radius: 2, color: :red}))
Oracle.show("too long", area.({:square, 3, 4, 5}))
Oracle.show("empty", area.({}))
Oracle.show("guard", area.(7))
Oracle.show("other", area.("text"))
