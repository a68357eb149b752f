-- Fails while the variable is set.
select {% if var('broken', false) %} 1 / 'x' :: int {% else %} 1 {% endif %} as one from {{ ref('raw_orders') }}
